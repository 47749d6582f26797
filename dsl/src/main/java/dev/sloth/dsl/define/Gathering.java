package dev.sloth.dsl.define;

import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the tasks and stages of one workflow: built ones, named ones, and tables, which become
/// drafts here.
final class Gathering {
    private static final String TASKS = "tasks";

    private final Definitions definitions;
    private final Draft workflow;
    private final List<Group> groups = new ArrayList<>();

    /// Tasks that stand together: of the workflow itself, or of one stage.
    record Group(Optional<Draft> stage, List<Member> tasks) {}

    /// A task and where the workflow names it.
    record Member(Draft task, Spot at) {}

    Gathering(Definitions definitions, Draft workflow) {
        this.definitions = definitions;
        this.workflow = workflow;
    }

    List<Group> gather() {
        workflow.field(TASKS)
                .ifPresent(
                        given -> groups.add(new Group(Optional.empty(), members(given, workflow))));
        workflow.field("stages").ifPresent(this::stages);
        return groups;
    }

    private void stages(Given given) {
        if (!(given.value() instanceof Value.Table list)) {
            wrong(given.at(), "'stages' must be a list of tables", given.value());
            return;
        }
        for (var entry : list.entries()) {
            Spot at = given.at().field(Definitions.name(entry.key()));
            if (entry.value() instanceof Value.Table table) {
                stage(table, entry.key(), at);
            } else {
                wrong(at, "a stage must be a table", entry.value());
            }
        }
    }

    private void stage(Value.Table table, Value key, Spot at) {
        String name = name(table, key, "stage " + (groups.size() + 1));
        var stage =
                definitions.draft(Draft.Kind.STAGE, FunctionPath.inner(workflow, name), name, at);
        definitions.apply(stage, table, at);
        var members = stage.field(TASKS).map(given -> members(given, stage)).orElse(List.of());
        groups.add(new Group(Optional.of(stage), members));
    }

    // ---- tasks

    private List<Member> members(Given given, Draft of) {
        var members = new ArrayList<Member>();
        int last = given.values().size();
        for (int i = 0; i < last; i++) {
            Value value = given.values().get(i);
            if (value instanceof Value.Table table && !isTask(table)) {
                for (var entry : table.entries()) {
                    Spot at = given.at().field(Definitions.name(entry.key()));
                    member(entry.key(), entry.value(), at, of).ifPresent(members::add);
                }
            } else {
                member(new Value.Num(i + 1), value, given.at(), of).ifPresent(members::add);
            }
        }
        return members;
    }

    /// One task in place of a list of tasks, as `tasks({name = "a", command = "b"})`.
    private static boolean isTask(Value.Table table) {
        return table.at("name") instanceof Text
                && !(table.at("command") instanceof Value.Table)
                && table.length() == 0;
    }

    private Optional<Member> member(Value key, Value value, Spot at, Draft of) {
        boolean named = key instanceof Text;
        Optional<Draft> task =
                switch (value) {
                    case Value.Table table -> Optional.of(fromTable(table, key, at));
                    case Value.Callable _ when named -> Optional.of(fromCommand(key, value, at));
                    case Text _ when named -> Optional.of(fromCommand(key, value, at));
                    case Text name -> byName(name.toString(), at, of);
                    case Value.Handle handle
                            when handle.target() instanceof Draft draft
                                    && draft.kind() == Draft.Kind.TASK ->
                            Optional.of(named ? renamed(key, draft, at) : draft);
                    case Value.Nil _,
                            Value.Bool _,
                            Value.Num _,
                            Value.Callable _,
                            Value.Handle _ -> {
                        wrong(at, "a task must be built with task(\"name\") or be a table", value);
                        yield Optional.empty();
                    }
                };
        task.ifPresent(definitions::use);
        return task.map(draft -> new Member(draft, at));
    }

    private Optional<Draft> byName(String name, Spot at, Draft of) {
        var found = definitions.task(name);
        if (found.isEmpty()) {
            unknown(name, at, of);
        }
        return found;
    }

    private void unknown(String name, Spot at, Draft of) {
        definitions.complain(
                Code.UNKNOWN_TASK,
                at,
                "%s names the task '%s', which is not defined%s"
                        .formatted(
                                Definitions.who(of),
                                name,
                                Nearest.hint(name, definitions.taskNames())),
                "Define it with task(\"" + name + "\"):command(...), or give it a command here.");
    }

    private Draft fromTable(Value.Table table, Value key, Spot at) {
        String name = name(table, key, foundationName(table).orElse(""));
        var task = definitions.draft(Draft.Kind.TASK, FunctionPath.inner(workflow, name), name, at);
        definitions.apply(task, table, at);
        foundation(task, table, at, 0);
        return task;
    }

    private static Optional<String> foundationName(Value.Table table) {
        return Reading.draft(table.at("uses"))
                .or(() -> Reading.draft(table.at("command")))
                .map(Draft::name);
    }

    private void foundation(Draft task, Value.Table table, Spot at, int depth) {
        var built = Reading.draft(table.at("command"));
        built.ifPresent(task::buildOn);
        switch (table.at("uses")) {
            case Value.Nil _ -> {}
            case Value.Handle handle when handle.target() instanceof Draft draft ->
                    task.buildOn(draft);
            case Text name ->
                    byName(name.toString(), at.field("uses"), task).ifPresent(task::buildOn);
            case Value.Table below when depth < Definitions.FOUNDATIONS_MAX -> {
                var draft =
                        definitions.draft(
                                Draft.Kind.TASK, FunctionPath.inner(task, "uses"), task.name(), at);
                definitions.apply(draft, below, at.field("uses"));
                foundation(draft, below, at, depth + 1);
                task.buildOn(draft);
            }
            case Value other -> wrong(at.field("uses"), "'uses' must be a task or a table", other);
        }
        boolean idle = task.field("command").isEmpty() && task.field("shell").isEmpty();
        if (idle) {
            definitions.task(task.name()).ifPresent(task::buildOn);
        }
    }

    private Draft fromCommand(Value key, Value command, Spot at) {
        String name = Definitions.name(key);
        var task = definitions.draft(Draft.Kind.TASK, FunctionPath.inner(workflow, name), name, at);
        definitions.give(task, "command", List.of(command), at, Code.FIELD);
        return task;
    }

    /// A built task in a map goes by its key there.
    private Draft renamed(Value key, Draft draft, Spot at) {
        String name = Definitions.name(key);
        if (name.equals(draft.name())) {
            return draft;
        }
        var task = definitions.draft(Draft.Kind.TASK, FunctionPath.inner(workflow, name), name, at);
        task.buildOn(draft);
        return task;
    }

    private static String name(Value.Table table, Value key, String otherwise) {
        if (table.at("name") instanceof Text name) {
            return name.toString();
        }
        return key instanceof Text text ? text.toString() : otherwise;
    }

    private void wrong(Spot at, String rule, Value value) {
        definitions.complain(
                Code.TYPE,
                at,
                "%s: %s, not %s".formatted(Definitions.who(workflow), rule, Reading.kind(value)),
                "Write it as a table, or build a task with task(\"name\"):command(...).");
    }
}
