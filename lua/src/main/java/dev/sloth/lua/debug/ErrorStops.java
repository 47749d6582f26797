package dev.sloth.lua.debug;

/// At which errors scripts stop.
public enum ErrorStops {
    NONE,
    /// At those that no `pcall` will catch.
    UNCAUGHT,
    ALL
}
