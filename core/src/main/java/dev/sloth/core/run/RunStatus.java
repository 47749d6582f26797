package dev.sloth.core.run;

/// Where a run stands.
public enum RunStatus {
    RUNNING,
    SUCCEEDED,
    FAILED,
    /// A task's `abort_if` held.
    ABORTED,
    CANCELLED,
    TIMED_OUT;

    /// Whether nothing more will come of it.
    public boolean ended() {
        return this != RUNNING;
    }
}
