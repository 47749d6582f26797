package dev.sloth.lua.debug;

/// How a script that was stopped is to go on.
public enum Go {
    /// To the next breakpoint.
    ON,
    /// To the next line, into functions that are called.
    INTO,
    /// To the next line of the function or of one of its callers.
    OVER,
    /// Until the function has ended.
    OUT
}
