package dev.sloth.agent;

import dev.sloth.agent.process.ChildProcesses;
import dev.sloth.agent.process.ProcessMark;
import dev.sloth.api.event.Events;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Outcome.Status;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.Workdir;
import dev.sloth.dsl.Scripts;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/// Executes attempts, conditions and hooks of runs; many at once, each on the thread that asks.
///
/// Every call ends: with its work, when its time is up, or soon after the asking thread is
/// interrupted; its script and its processes have then ended as well.
public final class TaskExecutor {
    private final Means means;
    private final Watch watch;
    private final Recovery recovery;

    public TaskExecutor(
            Scripts scripts,
            ExecutorConfig config,
            ChildProcesses processes,
            InstantSource time,
            RandomGenerator random,
            ArtifactStore artifacts,
            SharedState state,
            Events.Door events) {
        this(
                new Means(
                        Script.Loader.of(scripts),
                        config,
                        processes,
                        time,
                        new Means.Chance(random),
                        artifacts,
                        state,
                        events,
                        new Means.Once()));
    }

    TaskExecutor(Means means) {
        this.means = means;
        this.watch =
                new Watch(
                        means.config().nudge(),
                        means.config().stopWait(),
                        means.scripts()::stoodStill);
        this.recovery = new Recovery(means.processes(), means.config().hookBudget());
    }

    /// Executes one attempt. `run_if` and `abort_if` are asked by a task's first attempt only.
    /// Interrupting gives CANCELLED, after the script and all processes have ended and the
    /// `post_hook` had its time; the interrupt is answered by that and does not stand any more.
    ///
    /// @throws InterruptedException when the thread was interrupted before anything was done
    public Outcome execute(Job job, AttemptOutput output) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("cancelled before it began");
        }
        var lines = ordered(job.run(), output);
        return job.run().masking().outcome(executed(job, lines));
    }

    private Outcome executed(Job job, AttemptOutput lines) {
        var limit = job.assignment().task().timeout();
        try {
            return in(
                    job,
                    lines,
                    WorkFolder::open,
                    attempt -> outcome(job, attempt, limit, attempt::work));
        } catch (IOException e) {
            return Failures.of("cannot make the work folder: " + Failures.message(e));
        }
    }

    /// Goes on with an attempt that an earlier process had begun, and of which nobody told the end.
    /// Nothing of it happens twice: it runs from its start only if its command and its hooks had
    /// not begun; a command that lives or has ended decides as if we had been there all the time,
    /// and keeps its time limit; hooks that had begun are not called again. UNKNOWN when nobody can
    /// tell how it ended: then nothing of it lives any more. Interrupting cancels, as in
    /// [#execute], and whenever it comes: what lives of the attempt is ended, and the hooks that it
    /// owes are called.
    ///
    /// The earlier process must be gone.
    ///
    /// @param boot where it began, see [dev.sloth.agent.process.ProcessIdentity#bootHere]
    public Outcome recover(Job job, String boot, AttemptOutput output) {
        return job.run().masking().outcome(recovered(job, boot, output));
    }

    private Outcome recovered(Job job, String boot, AttemptOutput output) {
        var lines = ordered(job.run(), output);
        boolean wanted = !Thread.interrupted();
        while (true) {
            try {
                return wanted ? wentOn(job, boot, lines) : cancelled(job, lines);
            } catch (ClosedByInterruptException _) {
                // It met us at a file of the record. However often, it means the same.
                Thread.interrupted();
                wanted = false;
            } catch (IOException e) {
                return Outcome.ended(
                        Status.UNKNOWN,
                        "cannot find out what became of the attempt: " + Failures.message(e));
            }
        }
    }

    private Outcome wentOn(Job job, String boot, AttemptOutput lines) throws IOException {
        return switch (recovery.way(job.assignment().task(), job.record(), boot)) {
            case Recovery.Way.Again _ -> executed(job, lines);
            case Recovery.Way.Rejoin(var limit) -> rejoined(job, lines, limit);
            case Recovery.Way.Stopped(var how) -> {
                handOn(job, lines);
                yield stopped(job, lines, how);
            }
            case Recovery.Way.Unknown(var why) -> {
                handOn(job, lines);
                yield Outcome.ended(Status.UNKNOWN, why);
            }
        };
    }

    /// What its command had written is kept, though nobody waits for it any more.
    private void handOn(Job job, AttemptOutput lines) throws IOException {
        var sink = Withheld.unlessKnown(job.run().secrets(), job.assignment().id(), lines);
        means.processes().handOn(job.record().command(), sink);
    }

    private Outcome rejoined(Job job, AttemptOutput lines, Duration limit) throws IOException {
        try {
            return in(
                    job,
                    lines,
                    WorkFolder::reopen,
                    attempt -> outcome(job, attempt.goingOn(), limit, attempt::rejoin));
        } catch (IOException e) {
            recovery.end(job.record());
            throw e;
        }
    }

    private Outcome cancelled(Job job, AttemptOutput lines) throws IOException {
        var before = job.record().stopped();
        if (before.isEmpty()) {
            job.record().stopped(Status.CANCELLED);
        }
        recovery.end(job.record());
        handOn(job, lines);
        return stopped(job, lines, before.orElse(Status.CANCELLED));
    }

    /// Removes what was recorded of an attempt. Only once its outcome is kept where it cannot get
    /// lost: until then the record is what [#recover] needs.
    public void forget(RunScript run, AttemptId id) throws IOException {
        AttemptRecord.of(run, id).remove();
    }

    private Outcome stopped(Job job, AttemptOutput lines, Status how) throws IOException {
        var outcome =
                how == Status.TIMED_OUT
                        ? timedOut(job.assignment().task())
                        : Outcome.ended(how, "cancelled");
        return in(
                job,
                lines,
                WorkFolder::reopen,
                attempt -> afterwards(job, attempt.goingOn(), outcome));
    }

    @FunctionalInterface
    private interface Opening {
        WorkFolder open(Workdir wanted, RunScript run, AttemptId id, AttemptRecord record)
                throws IOException;
    }

    @FunctionalInterface
    private interface Doing {
        Outcome act(Attempt attempt);
    }

    /// Does something for an attempt in its work folder, which is closed afterwards.
    private Outcome in(Job job, AttemptOutput lines, Opening opening, Doing doing)
            throws IOException {
        var id = job.assignment().id();
        var task = job.assignment().task();
        var record = job.record();
        var folder = opening.open(task.workdir(), job.run(), id, record);
        folder.whenFresh(path -> means.processes().handOver(path, task.user()));
        var around =
                new AttemptSurroundings(
                        id,
                        folder::made,
                        lines,
                        AttemptSurroundings.BoundTo.of(task, job.run().secrets()),
                        job.run(),
                        means,
                        record.mark());
        var outcome = doing.act(new Attempt(job, means, folder, around, record));
        close(folder, outcome, around);
        return outcome;
    }

    private Outcome outcome(Job job, Attempt attempt, Duration limit, Watch.Work<Outcome> work) {
        var name = job.assignment().id().toString();
        return switch (watch.run(name, limit, work)) {
            case Watch.End.Done<Outcome>(var done) -> done;
            case Watch.End.TimedOut<Outcome> _ ->
                    afterwards(job, attempt, timedOut(job.assignment().task()));
            case Watch.End.Cancelled<Outcome> _ ->
                    afterwards(job, attempt, Outcome.ended(Status.CANCELLED, "cancelled"));
            case Watch.End.Broke<Outcome>(var cause) -> Failures.broken(cause);
        };
    }

    private static Outcome timedOut(Task task) {
        return Outcome.ended(
                Status.TIMED_OUT, "the attempt took longer than " + Durations.text(task.timeout()));
    }

    /// The outcome stands, whatever the hooks say or do.
    private Outcome afterwards(Job job, Attempt attempt, Outcome stopped) {
        attempt.stopped(stopped.status());
        if (attempt.owesHooks(stopped)) {
            watch.run(
                    job.assignment().id() + " hooks",
                    means.config().hookBudget(),
                    leash -> attempt.afterwards(leash, stopped));
        }
        return stopped;
    }

    private static void close(WorkFolder folder, Outcome outcome, AttemptSurroundings around) {
        try {
            folder.close(outcome.status());
        } catch (IOException e) {
            around.warn("cannot remove the work folder: " + Failures.message(e));
        }
    }

    /// Asks a condition of a stage, with the script's project as folder. SUCCEEDED means yes,
    /// SKIPPED means no; anything else means that there is no answer, and why.
    public Outcome evaluateCondition(
            RunScript run,
            AttemptId id,
            Condition condition,
            List<Value> arguments,
            AttemptOutput output) {
        return outside(
                run,
                id,
                output,
                calls ->
                        calls.holds(condition, true, () -> arguments)
                                ? Outcome.succeeded("", new DataTable(), false)
                                : Outcome.ended(Status.SKIPPED, "the condition said no"));
    }

    /// Calls `on_start` without arguments, or `on_complete` with `(success, results)`.
    public Outcome callWorkflowHook(
            RunScript run,
            AttemptId id,
            FunctionRef hook,
            List<Value> arguments,
            AttemptOutput output) {
        return outside(
                run,
                id,
                output,
                calls -> {
                    var verdict = Verdict.of(calls.call(hook, () -> arguments));
                    return verdict.success()
                            ? Outcome.succeeded(verdict.message(), new DataTable(), false)
                            : Failures.of(verdict.message());
                });
    }

    /// Calls a function that says on which agents a task is to be done: it returns a name or a list
    /// of names, which become the output `agents`.
    public Outcome placement(
            RunScript run, AttemptId id, FunctionRef function, AttemptOutput output) {
        return outside(run, id, output, calls -> Verdict.placement(calls.call(function, List::of)));
    }

    @FunctionalInterface
    private interface Asking {
        Outcome ask(Calls calls) throws IOException, InterruptedException;
    }

    private Outcome outside(RunScript run, AttemptId id, AttemptOutput output, Asking asking) {
        return run.masking().outcome(beside(run, id, output, asking));
    }

    private Outcome beside(RunScript run, AttemptId id, AttemptOutput output, Asking asking) {
        var around =
                new AttemptSurroundings(
                        id,
                        () -> run.source().project(),
                        ordered(run, output),
                        AttemptSurroundings.BoundTo.NOTHING,
                        run,
                        means,
                        ProcessMark.of(run.folder().resolve("beside")));
        var limit = means.config().workflowHookLimit();
        return switch (watch.run(id.toString(), limit, leash -> ask(run, around, leash, asking))) {
            case Watch.End.Done<Outcome>(var done) -> done;
            case Watch.End.TimedOut<Outcome> _ ->
                    Outcome.ended(Status.TIMED_OUT, "it took longer than " + Durations.text(limit));
            case Watch.End.Cancelled<Outcome> _ -> Outcome.ended(Status.CANCELLED, "cancelled");
            case Watch.End.Broke<Outcome>(var cause) -> Failures.broken(cause);
        };
    }

    private Outcome ask(RunScript run, AttemptSurroundings around, Leash leash, Asking asking)
            throws InterruptedException {
        try (var calls = new Calls(run, around, means, leash)) {
            return Attempt.guarded(leash, () -> asking.ask(calls));
        }
    }

    /// One line at a time, whoever writes, and none with a secret in it.
    private static AttemptOutput ordered(RunScript run, AttemptOutput output) {
        return new OrderedOutput(run.masking().lines(output), new ReentrantLock());
    }
}
