package dev.sloth.api.workflow;

import dev.sloth.api.value.Value;
import java.util.List;

/// A group of tasks that runs after the stage before it has ended.
///
/// @param parallel whether its tasks run beside each other, as far as their dependencies allow;
///   otherwise one after the other in the order of the script
/// @param condition [Condition.None] means `previous_stage_success`
/// @param strategy empty, or `canary`
/// @param rollbackTrigger as written, empty table when absent
public record Stage(
        String name,
        boolean parallel,
        Condition condition,
        List<TaskName> tasks,
        OnFailure onFailure,
        boolean approvalRequired,
        List<String> approvers,
        String strategy,
        Value.Table rollbackTrigger,
        Span at) {
    public Stage {
        tasks = List.copyOf(tasks);
        approvers = List.copyOf(approvers);
    }

    /// What a failed task means for the stages after.
    public enum OnFailure {
        /// The run ends as failed; later stages are skipped.
        ABORT,
        /// Later stages run as if this one had succeeded; the run still counts as failed.
        CONTINUE,
        /// As ABORT, and the workflow's rollback is due.
        ROLLBACK
    }
}
