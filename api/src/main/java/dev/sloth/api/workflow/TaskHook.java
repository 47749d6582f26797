package dev.sloth.api.workflow;

/// Moments of an attempt at which a function of the script is called.
public enum TaskHook {
    PRE,
    POST,
    ON_SUCCESS,
    ON_FAILURE,
    ON_TIMEOUT
}
