package dev.sloth.core.store;

/// How it stands with a fire.
public enum FireStatus {
    /// It waits for the end of earlier ones.
    QUEUED,
    /// Its run may start.
    READY,
    /// Its run was submitted.
    STARTED,
    /// Its run has ended.
    OVER,
    /// There was no run, for a reason that is kept.
    SKIPPED,
    /// There should have been a run, but it could not start.
    FAILED;

    /// Whether something is still to come of it.
    public boolean open() {
        return switch (this) {
            case QUEUED, READY, STARTED -> true;
            case OVER, SKIPPED, FAILED -> false;
        };
    }
}
