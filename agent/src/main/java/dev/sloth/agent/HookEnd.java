package dev.sloth.agent;

/// How the call of a hook ended.
public sealed interface HookEnd {
    /// The hook's condition did not hold: it was not called.
    record Unwanted() implements HookEnd {}

    /// @param message what it said; empty when it said nothing
    record Done(String message) implements HookEnd {}

    record Failed(String message) implements HookEnd {}

    /// The thread that called was interrupted: how far the hook came, nobody can tell.
    record Cancelled() implements HookEnd {}
}
