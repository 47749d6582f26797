package dev.sloth.dsl.lint;

import dev.sloth.lua.lint.Check;
import dev.sloth.lua.lint.Finding;
import dev.sloth.lua.lint.Rule;
import dev.sloth.lua.lint.Severity;
import dev.sloth.lua.lint.Subject;
import dev.sloth.lua.lint.Variable;
import dev.sloth.lua.syntax.Expr;
import dev.sloth.lua.syntax.Span;
import dev.sloth.lua.syntax.Stat;
import dev.sloth.lua.syntax.TreeWalk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Tasks that are written down but can be in no workflow: nothing reads their variable but to call
/// a method of the task, and nothing says their name. Only where the file defines a workflow;
/// others may be there for theirs.
final class TaskCheck implements Check {
    static final Rule UNUSED =
            new Rule(
                    "unused-task",
                    Severity.WARNING,
                    "A task is in no workflow and never runs.",
                    "unused-local");

    private static final String TASK = "task";
    private static final String WORKFLOW = "workflow";

    private final Offered offered;

    TaskCheck(Offered offered) {
        this.offered = offered;
    }

    @Override
    public List<Rule> rules() {
        return List.of(UNUSED);
    }

    @Override
    public void look(Subject subject, Consumer<Finding> found) {
        var notes = new Notes(subject, new Meanings(subject, offered));
        TreeWalk.over(subject.chunk(), notes);
        if (!notes.definesWorkflow) {
            return;
        }
        for (Variable variable : subject.names().variables()) {
            if (!notes.isUsed(variable)) {
                variable.constant()
                        .flatMap(notes::task)
                        .filter(notes::isUnnamed)
                        .ifPresent(name -> found.accept(unused(name, variable.name().span())));
            }
        }
        for (Stat.CallStat dropped : notes.dropped) {
            notes.task(dropped.call())
                    .filter(notes::isUnnamed)
                    .ifPresent(name -> found.accept(unused(name, dropped.span())));
        }
    }

    private static Finding unused(String task, Span at) {
        return UNUSED.at(
                at,
                "task '" + task + "' is in no workflow and never runs",
                "Add it to the tasks of a workflow, or remove it.");
    }

    /// What is to be known of the whole script first.
    private static final class Notes implements TreeWalk.Visitor {
        private final Subject subject;
        private final Meanings meanings;
        private final Map<String, Integer> texts = new HashMap<>();
        private final List<Stat.CallStat> dropped = new ArrayList<>();

        /// Where a task is only the object of a method whose result is no task, or goes nowhere.
        private final IdentityHashMap<Variable, Set<Expr>> idle = new IdentityHashMap<>();

        private boolean definesWorkflow;

        Notes(Subject subject, Meanings meanings) {
            this.subject = subject;
            this.meanings = meanings;
        }

        @Override
        public void stat(Stat stat) {
            if (stat instanceof Stat.CallStat call) {
                dropped.add(call);
                idles(call.call());
            }
            if (stat instanceof Stat.Assign assign) {
                definesWorkflow |= assign.targets().stream().anyMatch(this::isWorkflow);
            }
        }

        private boolean isWorkflow(Expr target) {
            return subject.names().isGlobal(target, "Workflow")
                    || subject.names().isGlobal(target, "TaskDefinitions");
        }

        @Override
        public void expr(Expr expr) {
            if (expr instanceof Expr.Str text) {
                texts.merge(Meanings.text(text), 1, Integer::sum);
            }
            if (expr instanceof Expr.Call && isHandle(expr, WORKFLOW)) {
                definesWorkflow = true;
            }
            if (expr instanceof Expr.MethodCall && !isHandle(expr, TASK)) {
                idles(expr);
            }
        }

        private void idles(Expr call) {
            Expr start = call;
            while (start instanceof Expr.MethodCall method) {
                start = method.object();
            }
            if (start instanceof Expr.Variable use && isHandle(use, TASK)) {
                subject.names()
                        .variable(use)
                        .ifPresent(variable ->
                                idle.computeIfAbsent(variable, _ -> identities()).add(use));
            }
        }

        private static Set<Expr> identities() {
            return Collections.newSetFromMap(new IdentityHashMap<>());
        }

        /// Whether a task in a variable may get into a workflow.
        boolean isUsed(Variable variable) {
            return variable.reads() > idle.getOrDefault(variable, Set.of()).size();
        }

        private boolean isHandle(Expr expr, String type) {
            return meanings.of(expr) instanceof Meaning.Handle handle
                    && handle.type().name().equals(type);
        }

        /// The name of the task that an expression builds.
        Optional<String> task(Expr expr) {
            if (!isHandle(expr, TASK)) {
                return Optional.empty();
            }
            Expr start = expr;
            while (true) {
                switch (start) {
                    case Expr.MethodCall call -> start = call.object();
                    case Expr.Call call when call.callee() instanceof Expr.Variable -> {
                        return name(call);
                    }
                    case Expr.Call call -> start = call.callee();
                    default -> {
                        return Optional.empty();
                    }
                }
            }
        }

        private static Optional<String> name(Expr.Call call) {
            return !call.arguments().isEmpty()
                            && call.arguments().getFirst() instanceof Expr.Str text
                    ? Optional.of(Meanings.text(text))
                    : Optional.empty();
        }

        /// Whether the name of a task is said once only: where it is built.
        boolean isUnnamed(String task) {
            return texts.getOrDefault(task, 0) <= 1;
        }
    }
}
