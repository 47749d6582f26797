package dev.sloth.core.run;

/// Why a task or a stage never started.
public enum SkipReason {
    /// The stage's condition does not hold; dependents run, as after a task's own `run_if`.
    CONDITION,
    /// The stage's condition could not be evaluated.
    CONDITION_FAILED,
    /// A task it depends on failed, or was skipped itself.
    DEPENDENCY,
    /// It waits for failures, and there was none.
    NOTHING_FAILED,
    /// Its stage ended early after a failure.
    STAGE_STOPPED,
    /// An earlier stage failed, and its `on_failure` is not `continue`.
    RUN_FAILED,
    /// The run was cancelled, aborted, or had its time.
    RUN_STOPPED
}
