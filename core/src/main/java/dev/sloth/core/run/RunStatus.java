package dev.sloth.core.run;

/// Where a run stands.
public enum RunStatus {
    RUNNING,
    /// Nothing goes on until somebody decides about an attempt.
    WAITING,
    SUCCEEDED,
    FAILED,
    /// A task's `abort_if` held.
    ABORTED,
    CANCELLED,
    TIMED_OUT;

    /// Whether nothing more will come of it.
    public boolean ended() {
        return this != RUNNING && this != WAITING;
    }
}
