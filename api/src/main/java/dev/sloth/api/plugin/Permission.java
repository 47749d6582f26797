package dev.sloth.api.plugin;

/// What a function needs beyond computing; a workflow or a policy may withhold each.
public enum Permission {
    EXEC,
    FS,
    NET,
    SECRETS,
    STATE,
    EVENTS
}
