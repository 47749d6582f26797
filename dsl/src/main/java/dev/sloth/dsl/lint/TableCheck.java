package dev.sloth.dsl.lint;

import dev.sloth.api.plugin.Function;
import dev.sloth.api.workflow.Nearest;
import dev.sloth.lua.lint.Check;
import dev.sloth.lua.lint.Finding;
import dev.sloth.lua.lint.Rule;
import dev.sloth.lua.lint.Subject;
import dev.sloth.lua.syntax.Expr;
import dev.sloth.lua.syntax.Name;
import dev.sloth.lua.syntax.Stat;
import dev.sloth.lua.syntax.TreeWalk;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Holds the fields of tables that are tasks, stages and workflows against those they may have.
final class TableCheck implements Check {
    private static final Rule FIELD = ModuleCheck.FIELD;

    /// Modules whose functions take a thing as a table, and what that is.
    private static final Map<String, Kind> BUILDERS =
            Map.of("task", Kind.TASK, "workflow", Kind.WORKFLOW, "group", Kind.WORKFLOW);

    private final Offered offered;
    private final Map<Kind, Set<String>> fields;

    /// What a table can be.
    private enum Kind {
        TASK("task"),
        STAGE("stage"),
        WORKFLOW("workflow");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    /// @param stages the fields that stages may have
    TableCheck(Offered offered, Set<String> stages) {
        this.offered = offered;
        this.fields =
                Map.of(
                        Kind.TASK, fields(offered, Kind.TASK, Set.of("uses")),
                        Kind.STAGE, fields(offered, Kind.STAGE, stages),
                        Kind.WORKFLOW, fields(offered, Kind.WORKFLOW, Set.of()));
    }

    private static Set<String> fields(Offered offered, Kind kind, Set<String> declared) {
        var names = new TreeSet<>(declared);
        names.add("name");
        offered.handle(kind.word).stream()
                .flatMap(type -> type.methods().stream())
                .map(Function::name)
                .filter(name -> !name.equals(Function.ITSELF) && !name.equals("build"))
                .forEach(names::add);
        return names;
    }

    @Override
    public List<Rule> rules() {
        return List.of();
    }

    @Override
    public void look(Subject subject, Consumer<Finding> found) {
        var meanings = new Meanings(subject, offered);
        TreeWalk.over(
                subject.chunk(),
                new TreeWalk.Visitor() {
                    @Override
                    public void stat(Stat stat) {
                        if (stat instanceof Stat.Assign assign && assign.values().size() == 1) {
                            global(subject, assign, found);
                        }
                    }

                    @Override
                    public void expr(Expr expr) {
                        switch (expr) {
                            case Expr.Call call -> call(meanings, call, found);
                            case Expr.MethodCall call -> method(meanings, call, found);
                            default -> {}
                        }
                    }
                });
    }

    /// `Workflow = {...}` and `TaskDefinitions = { group = {...} }`.
    private void global(Subject subject, Stat.Assign assign, Consumer<Finding> found) {
        if (!(assign.values().getFirst() instanceof Expr.Table table)) {
            return;
        }
        var target = assign.targets().getFirst();
        if (subject.names().isGlobal(target, "Workflow")) {
            judge(Kind.WORKFLOW, table, found);
        } else if (subject.names().isGlobal(target, "TaskDefinitions")) {
            each(Kind.WORKFLOW, table, found);
        }
    }

    private void call(Meanings meanings, Expr.Call call, Consumer<Finding> found) {
        meanings.declared(meanings.of(call.callee()))
                .map(callee -> BUILDERS.get(builder(callee)))
                .ifPresent(
                        kind -> call.arguments().forEach(argument -> thing(kind, argument, found)));
    }

    /// The module of a function, or the kind of thing that the object it belongs to is.
    private static String builder(Meaning.Declared callee) {
        String shown = callee.shown();
        int dot = shown.indexOf('.');
        return dot < 0 ? shown : shown.substring(0, dot);
    }

    /// `:tasks({...})` and `:stages({...})` of a workflow.
    private void method(Meanings meanings, Expr.MethodCall call, Consumer<Finding> found) {
        if (meanings.of(call.object()) instanceof Meaning.Handle handle
                && handle.type().name().equals(Kind.WORKFLOW.word)) {
            call.arguments().forEach(argument -> parts(call.method().text(), argument, found));
        }
    }

    private void thing(Kind kind, Expr expr, Consumer<Finding> found) {
        if (expr instanceof Expr.Table table) {
            judge(kind, table, found);
        }
    }

    /// The tasks or stages that a field holds.
    private void parts(String field, Expr value, Consumer<Finding> found) {
        if (value instanceof Expr.Table table) {
            switch (field) {
                case "tasks" -> each(Kind.TASK, table, found);
                case "stages" -> each(Kind.STAGE, table, found);
                default -> {}
            }
        }
    }

    private void each(Kind kind, Expr.Table table, Consumer<Finding> found) {
        for (var field : table.fields()) {
            switch (field) {
                case Expr.Field.Item(var value) -> thing(kind, value, found);
                case Expr.Field.Named(_, var value) -> thing(kind, value, found);
                case Expr.Field.Keyed(_, var value) -> thing(kind, value, found);
            }
        }
    }

    private void judge(Kind kind, Expr.Table table, Consumer<Finding> found) {
        for (var field : table.fields()) {
            switch (field) {
                case Expr.Field.Named(var name, var value) -> {
                    name(kind, name, found);
                    parts(name.text(), value, found);
                }
                case Expr.Field.Item(var value) -> {
                    if (kind == Kind.WORKFLOW) {
                        thing(Kind.TASK, value, found);
                    }
                }
                case Expr.Field.Keyed _ -> {}
            }
        }
    }

    private void name(Kind kind, Name name, Consumer<Finding> found) {
        var known = fields.getOrDefault(kind, Set.of());
        if (known.contains(name.text())) {
            return;
        }
        var hint = Nearest.hint(name.text(), known);
        found.accept(
                FIELD.at(
                        name.span(),
                        "a " + kind.word + " has no field '" + name.text() + "'" + hint,
                        hint.isEmpty() ? "Known are " + String.join(", ", known) + "." : ""));
    }
}
