package dev.sloth.agent;

import dev.sloth.agent.process.ChildProcesses;
import dev.sloth.agent.process.CommandRecord.Fate;
import dev.sloth.agent.process.ProcessIdentity;
import dev.sloth.api.workflow.Action;
import dev.sloth.api.workflow.Outcome.Status;
import dev.sloth.api.workflow.Task;
import java.io.IOException;
import java.time.Duration;

/// Decides how an attempt goes on that an earlier process had begun, and ends what must not live
/// on.
record Recovery(ChildProcesses processes, Duration hookBudget) {
    /// The shortest time that work can be given.
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    /// How it goes on.
    sealed interface Way {
        /// From its start: nothing of it had happened.
        record Again() implements Way {}

        /// With its command, which lives or has ended, and with what comes after that.
        record Rejoin(Duration limit) implements Way {}

        /// It had been stopped; at most its hooks are owed.
        record Stopped(Status how) implements Way {}

        record Unknown(String why) implements Way {}
    }

    Way way(Task task, AttemptRecord record, String boot) throws IOException {
        var stopped = record.stopped();
        if (stopped.isPresent()) {
            end(record);
            return new Way.Stopped(stopped.get());
        }
        return switch (task.action()) {
            case Action.Call _ -> {
                processes.endAll(record.mark());
                yield new Way.Unknown(
                        "the runner ended while the task's function ran, and a function cannot be"
                                + " continued; what it had started was ended");
            }
            case Action.Nothing _ -> again(record);
            case Action.Shell _, Action.Argv _ -> ofCommand(task, record, boot);
        };
    }

    private Way again(AttemptRecord record) throws IOException {
        processes.endAll(record.mark());
        return record.hooksBegun().isEmpty()
                ? new Way.Again()
                : new Way.Unknown("the runner ended while a hook of the task ran");
    }

    private Way ofCommand(Task task, AttemptRecord record, String boot) throws IOException {
        return switch (record.command().fate(boot)) {
            case Fate.NeverBegan _ -> again(record);
            case Fate.Running(var shim) -> {
                processes.endOthers(record.mark());
                yield new Way.Rejoin(atLeast(AT_ONCE, left(task, shim)));
            }
            case Fate.Exited _ -> {
                processes.endOthers(record.mark());
                yield new Way.Rejoin(atLeast(hookBudget, task.timeout()));
            }
            case Fate.Lost(var why) -> {
                processes.endAll(record.mark());
                yield new Way.Unknown("nobody can tell how the command ended: " + why);
            }
        };
    }

    /// Of the time that the command had. What came before it is forgiven.
    private static Duration left(Task task, ProcessIdentity shim) throws IOException {
        return task.timeout().minus(shim.age());
    }

    private static Duration atLeast(Duration least, Duration wanted) {
        return wanted.compareTo(least) < 0 ? least : wanted;
    }

    /// Ends all that lives of the attempt, and keeps its command from beginning if it had not.
    void end(AttemptRecord record) throws IOException {
        record.command().fate(ProcessIdentity.bootHere());
        processes.endAll(record.mark());
    }
}
