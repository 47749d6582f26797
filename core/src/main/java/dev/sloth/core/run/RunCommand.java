package dev.sloth.core.run;

import dev.sloth.api.workflow.Assignment;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.api.workflow.WorkflowHook;
import java.time.Instant;

/// What is to be done, and will be reported with a [RunInput].
public sealed interface RunCommand {
    /// Execute an attempt; answered by `AttemptEnded`.
    record Dispatch(Assignment assignment) implements RunCommand {}

    /// End an attempt that runs; its `AttemptEnded` is still awaited.
    record CancelAttempt(AttemptId id) implements RunCommand {}

    /// Send `TimerFired` at an instant.
    record StartTimer(TimerId id, Instant due) implements RunCommand {}

    /// Evaluate a stage's condition, a `Call` or a `Shell`; answered by `ConditionAnswered`.
    record EvaluateCondition(String stage, Condition condition) implements RunCommand {}

    /// End the evaluation of a condition; its answer is still awaited.
    record CancelCondition(String stage) implements RunCommand {}

    /// Call a function of the workflow; answered by `HookEnded`.
    ///
    /// @param success whether the run went well so far
    record CallHook(WorkflowHook hook, FunctionRef function, boolean success)
            implements RunCommand {}

    /// End a hook that runs; its `HookEnded` is still awaited.
    record CancelHook(WorkflowHook hook) implements RunCommand {}
}
