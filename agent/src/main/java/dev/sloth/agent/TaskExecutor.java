package dev.sloth.agent;

import dev.sloth.agent.process.ChildProcesses;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Outcome.Status;
import dev.sloth.dsl.Scripts;
import java.io.IOException;
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

    public TaskExecutor(
            Scripts scripts,
            ExecutorConfig config,
            ChildProcesses processes,
            InstantSource time,
            RandomGenerator random,
            ArtifactStore artifacts) {
        this(
                new Means(
                        Script.Loader.of(scripts),
                        config,
                        processes,
                        time,
                        new Means.Chance(random),
                        artifacts,
                        new Means.Once()));
    }

    TaskExecutor(Means means) {
        this.means = means;
        this.watch = new Watch(means.config().stopWait());
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
        var id = job.assignment().id();
        var task = job.assignment().task();
        var lines = ordered(output);
        WorkFolder folder;
        try {
            folder = WorkFolder.open(task.workdir(), job.run(), id);
        } catch (IOException e) {
            return Failures.of("cannot make the work folder: " + Failures.message(e));
        }
        var bound = new AttemptSurroundings.BoundTo(task.environment(), task.user());
        var around = new AttemptSurroundings(id, folder.path(), lines, bound, job.run(), means);
        var outcome = outcome(job, new Attempt(job, means, folder, around));
        close(folder, outcome, around);
        return outcome;
    }

    private Outcome outcome(Job job, Attempt attempt) {
        var task = job.assignment().task();
        var name = job.assignment().id().toString();
        return switch (watch.run(name, task.timeout(), attempt::work)) {
            case Watch.End.Done<Outcome>(var done) -> done;
            case Watch.End.TimedOut<Outcome> _ ->
                    afterwards(
                            attempt,
                            name,
                            Outcome.ended(
                                    Status.TIMED_OUT,
                                    "the attempt took longer than "
                                            + Durations.text(task.timeout())));
            case Watch.End.Cancelled<Outcome> _ ->
                    afterwards(attempt, name, Outcome.ended(Status.CANCELLED, "cancelled"));
            case Watch.End.Broke<Outcome>(var cause) -> Failures.broken(cause);
        };
    }

    /// The outcome stands, whatever the hooks say or do.
    private Outcome afterwards(Attempt attempt, String name, Outcome stopped) {
        if (attempt.owesHooks(stopped)) {
            watch.run(
                    name + " hooks",
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

    @FunctionalInterface
    private interface Asking {
        Outcome ask(Calls calls) throws IOException, InterruptedException;
    }

    private Outcome outside(RunScript run, AttemptId id, AttemptOutput output, Asking asking) {
        var around =
                new AttemptSurroundings(
                        id,
                        run.source().project(),
                        ordered(output),
                        AttemptSurroundings.BoundTo.NOTHING,
                        run,
                        means);
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

    /// One line at a time, whoever writes.
    private static AttemptOutput ordered(AttemptOutput output) {
        var lock = new ReentrantLock();
        return (attempt, channel, line) -> {
            lock.lock();
            try {
                output.line(attempt, channel, line);
            } finally {
                lock.unlock();
            }
        };
    }
}
