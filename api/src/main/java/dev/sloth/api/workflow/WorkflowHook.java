package dev.sloth.api.workflow;

/// Moments of a run at which a function of the script is called.
public enum WorkflowHook {
    ON_START,
    ON_COMPLETE
}
