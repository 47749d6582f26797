package dev.sloth.agent;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Processes;
import dev.sloth.api.plugin.Processes.Command;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Action;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Outcome.Status;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.TaskHook;
import dev.sloth.dsl.ScriptStopped;
import dev.sloth.dsl.TaskObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// The work of one attempt, in its order: artifacts in, conditions, pre hook, command, artifacts
/// out, the hook of its outcome, post hook. Used by one thread at a time.
final class Attempt {
    private final Job job;
    private final Task task;
    private final Means means;
    private final WorkFolder folder;
    private final AttemptSurroundings around;
    private final AttemptRecord record;
    private final Set<TaskHook> called = EnumSet.noneOf(TaskHook.class);
    private boolean goesOn;

    Attempt(
            Job job,
            Means means,
            WorkFolder folder,
            AttemptSurroundings around,
            AttemptRecord record) {
        this.job = job;
        this.task = job.assignment().task();
        this.means = means;
        this.folder = folder;
        this.around = around;
        this.record = record;
    }

    /// This attempt had begun before: what its record says has happened does not happen again.
    Attempt goingOn() {
        goesOn = true;
        called.addAll(record.hooksBegun());
        for (var hook : called) {
            if (hook != TaskHook.PRE) {
                around.warn(
                        "the hook %s had begun when the runner ended: nobody can tell how far it came, and it is not called again"
                                .formatted(hook.name().toLowerCase(Locale.ROOT)));
            }
        }
        return this;
    }

    /// The whole of it, unless it is stopped.
    Outcome work(Leash leash) throws InterruptedException {
        try (var calls = new Calls(job.run(), around, means, leash)) {
            return guarded(leash, () -> work(calls));
        }
    }

    /// The rest of it, once its command has begun in an earlier process.
    Outcome rejoin(Leash leash) throws InterruptedException {
        try (var calls = new Calls(job.run(), around, means, leash)) {
            return guarded(leash, () -> concluded(calls, rejoined(calls)));
        }
    }

    private Outcome rejoined(Calls calls) throws InterruptedException {
        boolean shown = job.run().secrets().knowsEarlier();
        return guarded(calls.leash(), () -> kept(outcome(around.attach(record.command()), shown)));
    }

    /// The hooks that a stopped attempt still owes, in a fresh load of the script.
    Outcome afterwards(Leash leash, Outcome outcome) throws InterruptedException {
        try (var calls = new Calls(job.run(), around, means, leash)) {
            return guarded(
                    leash,
                    () -> {
                        if (outcome.status() == Status.TIMED_OUT) {
                            follow(calls, TaskHook.ON_TIMEOUT, problem(outcome));
                            follow(calls, TaskHook.ON_FAILURE, problem(outcome));
                        }
                        return post(calls, outcome);
                    });
        }
    }

    /// Notes that it was stopped, so that whoever has to go on with it does not take it for lost.
    void stopped(Status how) {
        try {
            record.stopped(how);
        } catch (IOException e) {
            around.warn("cannot record that the attempt was stopped: " + Failures.message(e));
        }
    }

    boolean owesHooks(Outcome outcome) {
        var owed = EnumSet.of(TaskHook.POST);
        if (outcome.status() == Status.TIMED_OUT) {
            owed.add(TaskHook.ON_TIMEOUT);
            owed.add(TaskHook.ON_FAILURE);
        }
        owed.removeAll(called);
        owed.retainAll(task.hooks().keySet());
        return !owed.isEmpty();
    }

    @FunctionalInterface
    interface Step {
        Outcome run() throws IOException, InterruptedException;
    }

    static Outcome guarded(Leash leash, Step step) throws InterruptedException {
        try {
            return ScriptStopped.<Outcome, IOException, InterruptedException>orRead(step::run);
        } catch (ScriptFailure e) {
            return Failures.of(e);
        } catch (Problems e) {
            return Failures.of(e);
        } catch (IOException | CallFailure e) {
            return Failures.of(Failures.message(e));
        } catch (ScriptStopped e) {
            if (leash.pulled()) {
                throw e;
            }
            // Stopped by a limit of its own, such as memory.
            return Failures.of(Failures.message(e));
        }
    }

    private Outcome work(Calls calls) throws IOException, InterruptedException {
        var missing = consume();
        // A later attempt is there because the first one was wanted: it is not asked again.
        if (job.assignment().id().number() == 1) {
            if (calls.holds(task.abortIf(), false, () -> arguments(calls, inputs()))) {
                return Outcome.ended(Status.ABORTED, "abort_if said yes");
            }
            if (!calls.holds(task.runIf(), true, () -> arguments(calls, inputs()))) {
                return Outcome.ended(Status.SKIPPED, "run_if said no");
            }
        }
        var done = missing.isEmpty() ? main(calls) : Failures.of(lacking(missing));
        return concluded(calls, done);
    }

    /// Of what nobody can tell how it ended, no hook is told anything.
    private Outcome concluded(Calls calls, Outcome done) throws IOException {
        if (done.status() == Status.UNKNOWN) {
            return done;
        }
        if (done.status() == Status.SUCCEEDED) {
            follow(calls, TaskHook.ON_SUCCESS, done.outputs());
        } else {
            follow(calls, TaskHook.ON_FAILURE, problem(done));
        }
        return post(calls, done);
    }

    private List<String> consume() throws IOException {
        var missing = new ArrayList<String>();
        for (var wanted : task.consumes()) {
            var id = job.assignment().id();
            if (means.artifacts().copyInto(id.run(), wanted, folder.made()).isEmpty()) {
                missing.add(wanted);
            }
        }
        return missing;
    }

    private static String lacking(List<String> missing) {
        return "no earlier task of this run kept the artifact " + String.join(", ", missing);
    }

    /// Failures of the command become an outcome here, so that the hooks after it see it.
    private Outcome main(Calls calls) throws InterruptedException {
        return guarded(
                calls.leash(),
                () -> {
                    var pre = hook(calls, TaskHook.PRE, inputs());
                    if (!pre.success()) {
                        return Failures.of("pre_hook: " + pre.message());
                    }
                    return kept(command(calls));
                });
    }

    private Outcome command(Calls calls) throws IOException, InterruptedException {
        return switch (task.action()) {
            case Action.Call(var function) ->
                    outcome(
                            calls,
                            Verdict.of(calls.call(function, () -> arguments(calls, inputs()))));
            case Action.Shell(var line, var shell) -> process(calls, calls.shell(shell, line));
            case Action.Argv(var words) -> process(calls, Command.of(words, folder.made()));
            case Action.Nothing() -> Outcome.succeeded("", new DataTable(), false);
        };
    }

    private Outcome process(Calls calls, Command command) throws IOException, InterruptedException {
        return outcome(calls.process(command, record.nextCommand()), true);
    }

    private Outcome outcome(Calls calls, Verdict verdict) {
        if (!verdict.success()) {
            return Outcome.failed(verdict.message(), new Outcome.Failure(task.at(), List.of()));
        }
        if (verdict.silent() && means.warnings().first(job.run().id().text())) {
            around.warn(
                    "the command of task %s returned nothing, which counts as success; better return true"
                            .formatted(task.name()));
        }
        try {
            return checked(
                    Outcome.succeeded(
                            verdict.message(),
                            calls.outputs(verdict.outputs(), means.config().outputsMax()),
                            verdict.changed()));
        } catch (IllegalArgumentException e) {
            return Failures.of(Failures.message(e));
        }
    }

    /// @param shown whether what it has printed may be told
    private Outcome outcome(Optional<Processes.Ended> known, boolean shown) {
        if (known.isEmpty()) {
            return Outcome.ended(
                    Status.UNKNOWN,
                    "nobody can tell how the command ended: it was killed together with the shim"
                            + " that would have told");
        }
        var ended = known.get();
        if (ended.exitCode() != 0) {
            var lines = shown ? new String(ended.stderr(), StandardCharsets.UTF_8).strip() : "";
            var last = lines.substring(lines.lastIndexOf('\n') + 1);
            return Outcome.failed(
                    "the command ended with exit code "
                            + ended.exitCode()
                            + (last.isEmpty() ? "" : ": " + last),
                    new Outcome.Failure(task.at(), List.of(), OptionalInt.of(ended.exitCode())));
        }
        var stdout = ended.stdout();
        int kept = Math.min(stdout.length, means.config().stdoutKept());
        var outputs = new DataTable().with("exit_code", 0);
        if (shown) {
            outputs.put("stdout", Text.ofBytes(Arrays.copyOf(stdout, kept)));
        }
        return checked(Outcome.succeeded("", outputs, true));
    }

    private Outcome checked(Outcome done) {
        var missing =
                task.outputs().stream()
                        .filter(name -> done.outputs().at(name) == Value.Nil.NIL)
                        .toList();
        return missing.isEmpty()
                ? done
                : Failures.of("the task did not give its output " + String.join(", ", missing));
    }

    private Outcome kept(Outcome done) throws IOException {
        if (done.status() != Status.SUCCEEDED
                || task.artifacts().isEmpty()
                || (goesOn && record.keptArtifacts())) {
            return done;
        }
        for (var pattern : task.artifacts()) {
            var found = Globs.find(folder.made(), pattern);
            if (found.isEmpty()) {
                around.warn("artifacts: no file is meant by " + pattern);
            }
            for (var relative : found) {
                if (job.run().secrets().mask().hides(relative.toString())) {
                    return Failures.of(
                            "artifacts: the name of a file holds a secret, and names are shown: "
                                    + relative);
                }
                var file = folder.path().resolve(relative);
                means.artifacts().keep(job.assignment().id(), relative, file);
            }
        }
        record.artifactsKept();
        return done;
    }

    /// A hook whose failure is only worth a warning.
    private void follow(Calls calls, TaskHook which, Value third) throws IOException {
        if (called.contains(which)) {
            return;
        }
        try {
            var verdict = hook(calls, which, third);
            if (!verdict.success()) {
                around.warn(which.name().toLowerCase(Locale.ROOT) + ": " + verdict.message());
            }
        } catch (Problems e) {
            around.warn(Failures.message(e));
        }
    }

    private Outcome post(Calls calls, Outcome done) throws IOException {
        if (called.contains(TaskHook.POST)) {
            var said = record.postFailed();
            return said.isPresent() && done.status() == Status.SUCCEEDED
                    ? Failures.of(said.get())
                    : done;
        }
        var verdict = hook(calls, TaskHook.POST, summary(done));
        if (verdict.success()) {
            return done;
        }
        if (done.status() == Status.SUCCEEDED) {
            record.postFailed("post_hook: " + verdict.message());
            return Failures.of("post_hook: " + verdict.message());
        }
        around.warn("post_hook: " + verdict.message());
        return done;
    }

    private Verdict hook(Calls calls, TaskHook which, Value third) throws IOException {
        var function = task.hooks().get(which);
        if (function == null) {
            return Verdict.SILENT;
        }
        called.add(which);
        record.begin(which);
        return calls.hook(function, () -> arguments(calls, third));
    }

    private List<Value> arguments(Calls calls, Value third) {
        var id = job.assignment().id();
        var self =
                new TaskObject(
                        task.name().text(),
                        folder.path(),
                        id.run().text(),
                        id.number(),
                        means.config().agent(),
                        Map.of("script_folder", Text.of(scriptFolder())));
        return List.of(calls.self(self), params(), third);
    }

    private String scriptFolder() {
        return Optional.ofNullable(job.run().source().file().toAbsolutePath().getParent())
                .map(Path::toString)
                .orElse("/");
    }

    private Value.Table params() {
        var params = new DataTable();
        task.params().entries().forEach(entry -> params.put(entry.key(), entry.value()));
        return params.with("task_name", task.name().text())
                .with("group_name", job.run().workflow())
                .with("workdir", folder.path().toString());
    }

    private Value.Table inputs() {
        var inputs = new DataTable();
        job.assignment().inputs().forEach((from, outputs) -> inputs.with(from.text(), outputs));
        return inputs;
    }

    private Value.Table problem(Outcome done) {
        return new DataTable().with("error", done.message()).with("task_name", task.name().text());
    }

    private static Value.Table summary(Outcome done) {
        return new DataTable()
                .with("success", done.status() == Status.SUCCEEDED)
                .with("status", done.status().name().toLowerCase(Locale.ROOT))
                .with("message", done.message())
                .with("outputs", done.outputs());
    }
}
