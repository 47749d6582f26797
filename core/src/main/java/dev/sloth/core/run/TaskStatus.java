package dev.sloth.core.run;

import dev.sloth.api.workflow.Outcome;

/// Where a task stands.
public enum TaskStatus {
    WAITING,
    READY,
    RUNNING,
    CANCELLING,
    /// Between a failed attempt and the next one.
    RETRYING,
    /// Nobody can tell whether its last attempt ran: somebody has to decide.
    UNDECIDED,
    SUCCEEDED,
    SKIPPED,
    FAILED,
    TIMED_OUT,
    CANCELLED,
    ABORTED,
    UNKNOWN;

    /// Whether nothing more will come of it.
    public boolean ended() {
        return compareTo(SUCCEEDED) >= 0;
    }

    /// Whether what waits for failures may start now, and the run counts as failed.
    public boolean failed() {
        return this == FAILED || this == TIMED_OUT || this == UNKNOWN;
    }

    static TaskStatus of(Outcome.Status status) {
        return switch (status) {
            case SUCCEEDED -> SUCCEEDED;
            case FAILED -> FAILED;
            case TIMED_OUT -> TIMED_OUT;
            case CANCELLED -> CANCELLED;
            case SKIPPED -> SKIPPED;
            case ABORTED -> ABORTED;
            case UNKNOWN -> UNKNOWN;
        };
    }
}
