package dev.sloth.core.run;

/// What a run is waiting for or doing.
public enum RunPhase {
    SUBMITTED,
    /// `on_start` runs.
    STARTING,
    STAGES,
    /// `on_complete` runs.
    COMPLETING,
    /// `on_complete` has run.
    COMPLETED,
    ENDED
}
