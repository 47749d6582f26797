package dev.sloth.dsl.define;

import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Action;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.TaskHook;
import dev.sloth.api.workflow.Workdir;
import java.util.ArrayList;
import java.util.List;

/// The fields of a task, which are its builder's methods as well.
final class TaskFields {
    /// What a priority may be.
    private static final int PRIORITY_MAX = 1_000;

    private TaskFields() {}

    static Fields<TaskParts> all() {
        var fields = new Fields<TaskParts>();
        whatItDoes(fields);
        whenItRuns(fields);
        whereItRuns(fields);
        whatItTakesAndGives(fields);
        hooks(fields);
        notes(fields);
        return fields;
    }

    private static void whatItDoes(Fields<TaskParts> fields) {
        fields.one(
                        "description",
                        Type.STRING,
                        "What the task is for.",
                        (r, p) -> p.description = r.text())
                .one(
                        "command run",
                        Type.ANY,
                        "What the task does: a function called with (this, params, inputs), a line"
                                + " for a shell, or a list with a program and its arguments.",
                        (r, p) -> p.action = action(r, 0))
                .one(
                        "shell",
                        Type.STRING,
                        "Beside a command line, the shell that runs it; alone, a line for a shell.",
                        (r, p) -> p.shell = r.line())
                .one(
                        "timeout",
                        Type.DURATION,
                        "How long one attempt may take.",
                        (r, p) -> p.timeout = r.duration(Task.TIMEOUT_MAX))
                .one(
                        "retries retry",
                        Type.ANY,
                        "How often a failed attempt is tried again, and how: a number, then"
                                + " \"fixed\", \"linear\" or \"exponential\", or a table {strategy=,"
                                + " delay=, max_delay=, jitter=, retry_on=}.",
                        (r, p) -> p.retry = Retries.read(r))
                .many(
                        "retry_on",
                        Type.ANY,
                        "What is tried again: \"failed\", \"timed_out\" or \"unknown\".",
                        (r, p) -> p.retryOn(Retries.reasons(r.words())))
                .one(
                        "idempotent",
                        Type.BOOLEAN,
                        "Whether running it twice does no harm.",
                        (r, p) -> p.idempotent = r.flag())
                .one(
                        "exclusive",
                        Type.BOOLEAN,
                        "Whether nothing else runs beside it.",
                        (r, p) -> p.exclusive = r.flag());
    }

    private static void whenItRuns(Fields<TaskParts> fields) {
        fields.many(
                        "depends_on",
                        Type.ANY,
                        "Tasks that must have ended well before: names or tasks.",
                        (r, p) -> p.dependsOn = r.words())
                .many(
                        "next_if_fail",
                        Type.ANY,
                        "Tasks that run only if this one failed.",
                        (r, p) -> p.nextIfFail = r.words())
                .one(
                        "run_if condition when",
                        Type.ANY,
                        "A function, a shell command or a boolean; false skips the task.",
                        (r, p) -> p.runIf = Conditions.ofTask(r.condition()))
                .one(
                        "abort_if",
                        Type.ANY,
                        "A function, a shell command or a boolean; true stops the whole run.",
                        (r, p) -> p.abortIf = Conditions.ofTask(r.condition()));
    }

    private static void whereItRuns(Fields<TaskParts> fields) {
        fields.one(
                        "workdir",
                        Type.STRING,
                        "The folder it works in; without it, a fresh one for each attempt.",
                        (r, p) -> p.workdir = r.line())
                .one(
                        "cleanup",
                        Type.STRING,
                        "When a fresh folder is removed: \"always\", \"on_success\" or \"never\".",
                        (r, p) -> {
                            p.cleanup = Reading.word(r.value(), Workdir.Cleanup.class);
                            p.cleanupGiven = true;
                        })
                .one(
                        "user",
                        Type.STRING,
                        "The user that its processes run as.",
                        (r, p) -> p.user = r.line())
                .many(
                        "env environment",
                        Type.TABLE,
                        "Environment variables for its processes.",
                        (r, p) -> {
                            p.environment = r.texts();
                            p.secretEnvironment = r.secretTexts();
                        })
                .one(
                        "delegate_to",
                        Type.ANY,
                        "An agent's name, a list of names, a function that gives either, or a"
                                + " selector {tags=, region=, name=, pool=, labels=, selector=,"
                                + " count=}.",
                        (r, p) -> p.placement = Placements.delegated(r))
                .one(
                        "agent_selector",
                        Type.STRING_OR_TABLE,
                        "A pool's name, or a selector {tags=, region=, name=, pool=, labels=,"
                                + " selector=, count=}.",
                        (r, p) -> p.placement = Placements.selected(r));
    }

    private static void whatItTakesAndGives(Fields<TaskParts> fields) {
        fields.one(
                        "params",
                        Type.TABLE,
                        "Data that the command gets as its second argument.",
                        (r, p) -> p.params = r.dataTable())
                .many(
                        "artifacts",
                        Type.ANY,
                        "Globs of files to keep after success.",
                        (r, p) -> p.artifacts = r.globs("the work folder"))
                .many(
                        "consumes",
                        Type.ANY,
                        "Artifacts of earlier tasks to copy in before.",
                        (r, p) -> p.consumes = r.words())
                .many(
                        "outputs",
                        Type.ANY,
                        "Names of outputs that success must give.",
                        (r, p) -> p.outputs = r.words());
    }

    private static void hooks(Fields<TaskParts> fields) {
        hook(fields, "pre_hook pre_exec", TaskHook.PRE, "Called before each attempt.");
        hook(fields, "post_hook post_exec", TaskHook.POST, "Called after each attempt.");
        hook(fields, "on_success", TaskHook.ON_SUCCESS, "Called after success.");
        hook(fields, "on_failure on_fail", TaskHook.ON_FAILURE, "Called after a failed attempt.");
        hook(fields, "on_timeout", TaskHook.ON_TIMEOUT, "Called when the time ran out.");
        fields.one(
                "on_complete",
                Type.FUNCTION,
                "Called after each attempt, as post_hook is.",
                (r, p) -> {
                    if (p.hooks.containsKey(TaskHook.POST)) {
                        throw new Misfit(
                                Code.TWICE,
                                "says the same as 'post_hook', which is given too",
                                "Keep one of them.");
                    }
                    p.hooks.put(TaskHook.POST, r.function());
                });
    }

    private static void hook(Fields<TaskParts> fields, String names, TaskHook hook, String doc) {
        fields.one(names, Type.FUNCTION, doc, (r, p) -> p.hooks.put(hook, r.function()));
    }

    private static void notes(Fields<TaskParts> fields) {
        fields.many(
                        "tags",
                        Type.ANY,
                        "Words to find the task by.",
                        (r, p) -> p.extra.put("tags", list(r.words())))
                .one(
                        "version",
                        Type.STRING,
                        "The version of the task.",
                        (r, p) -> p.extra.put("version", Text.of(r.text())))
                .one(
                        "async",
                        Type.BOOLEAN,
                        "Kept and shown; tasks run beside each other anyway.",
                        (r, p) -> p.extra.put("async", Value.Bool.of(r.flag())))
                .one(
                        "resources",
                        Type.TABLE,
                        "What the task needs, such as {cpu=, memory=}.",
                        (r, p) -> p.extra.put("resources", r.dataTable()))
                .one(
                        "priority",
                        Type.NUMBER,
                        "Higher goes first where tasks wait for a slot.",
                        (r, p) ->
                                p.extra.put(
                                        "priority",
                                        new Value.Num(r.whole(-PRIORITY_MAX, PRIORITY_MAX))))
                .one(
                        "percentage",
                        Type.NUMBER,
                        "How much of the traffic a canary gets.",
                        (r, p) -> p.extra.put("percentage", new Value.Num(r.number(0, 100))))
                .one(
                        "duration",
                        Type.DURATION,
                        "How long a canary is watched.",
                        (r, p) ->
                                p.extra.put(
                                        "duration",
                                        new Value.Num(r.duration().toMillis() / 1000.0)));
    }

    private static Value list(List<String> words) {
        return dev.sloth.api.value.DataTable.list(words.stream().map(Text::of).toList());
    }

    private static Action action(Reading r, int depth) {
        return switch (r.value()) {
            case Value.Callable _ -> new Action.Call(r.function());
            case Text _ -> new Action.Shell(r.line(), "");
            case Value.Table list -> argv(list);
            case Value.Handle handle when handle.target() instanceof Draft draft ->
                    of(draft, depth);
            case Value.Nil _, Value.Bool _, Value.Num _, Value.Handle _ ->
                    throw r.wrong("a function, a command line or a list of words");
        };
    }

    /// The command of another task.
    private static Action of(Draft draft, int depth) {
        var command = draft.field("command");
        if (command.isEmpty() || depth > Definitions.FOUNDATIONS_MAX) {
            throw Reading.cannot("is the task '" + draft.name() + "', which has no command", "");
        }
        return action(new Reading(command.get()), depth + 1);
    }

    private static Action argv(Value.Table list) {
        var words = new ArrayList<String>();
        for (int i = 1; i <= list.length(); i++) {
            words.add(Reading.text(list.at(i), "a list of strings"));
        }
        if (words.isEmpty()
                || words.getFirst().isEmpty()
                || words.size() != list.entries().size()) {
            throw Reading.cannot(
                    "must be a list with a program and its arguments",
                    "Write it as { \"tar\", \"-xf\", \"file.tar\" }.");
        }
        return new Action.Argv(words);
    }
}
