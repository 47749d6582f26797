package dev.sloth.core.run;

import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.api.workflow.WorkflowHook;
import java.time.Instant;

/// A fact about a run, decided and kept for ever. Data only: whoever reads the events in order
/// knows everything about the run.
public sealed interface RunEvent {
    Instant at();

    /// @param parallel how many tasks may run at once
    /// @param reuse what is taken over from an earlier run
    record RunSubmitted(
            Instant at,
            RunId run,
            Workflow workflow,
            Value values,
            int parallel,
            long seed,
            Reuse reuse)
            implements RunEvent {}

    record HookCalled(Instant at, WorkflowHook hook, boolean success) implements RunEvent {}

    record HookCancelling(Instant at, WorkflowHook hook) implements RunEvent {}

    record HookEnded(Instant at, WorkflowHook hook, Outcome outcome) implements RunEvent {}

    record ConditionAsked(Instant at, String stage) implements RunEvent {}

    record ConditionCancelling(Instant at, String stage) implements RunEvent {}

    record StageStarted(Instant at, String stage) implements RunEvent {}

    /// A failed task ends a stage early: nothing new starts in it but what waits for failures.
    record StageStopping(Instant at, String stage, TaskName because) implements RunEvent {}

    record StageSkipped(Instant at, String stage, SkipReason reason, String message)
            implements RunEvent {}

    record StageEnded(Instant at, String stage, boolean failed) implements RunEvent {}

    /// Nothing is waited for any more; the task starts when there is room.
    record TaskReady(Instant at, TaskName task) implements RunEvent {}

    record AttemptAssigned(Instant at, AttemptId id) implements RunEvent {}

    record AttemptCancelling(Instant at, AttemptId id) implements RunEvent {}

    record AttemptEnded(Instant at, AttemptId id, Outcome outcome) implements RunEvent {}

    /// An agent has done its part of an attempt. Told again when the run goes on elsewhere
    /// meanwhile; the last time counts.
    record HostEnded(Instant at, AttemptId id, HostShare share) implements RunEvent {}

    /// Nobody can tell whether an attempt ran, and no policy says what to do: the task waits for a
    /// [Ruling].
    record DecisionAwaited(Instant at, AttemptId id) implements RunEvent {}

    /// @param by who decided
    record AttemptDecided(Instant at, AttemptId id, Ruling ruling, String by) implements RunEvent {}

    /// An earlier run's outcome stands for a task, which is not executed.
    record TaskReused(Instant at, TaskName task, RunId from, Outcome outcome) implements RunEvent {}

    record RetryScheduled(Instant at, AttemptId next, Instant due) implements RunEvent {}

    /// The last attempt of a task is over, and there will be no other.
    record TaskEnded(Instant at, TaskName task, TaskStatus status, String message)
            implements RunEvent {}

    /// A task never started, and never will.
    record TaskSkipped(Instant at, TaskName task, SkipReason reason, String message)
            implements RunEvent {}

    /// Nothing new starts any more; what runs is being cancelled.
    record RunStopping(Instant at, RunStatus as, String message) implements RunEvent {}

    record RunEnded(Instant at, RunStatus status, String message) implements RunEvent {}
}
