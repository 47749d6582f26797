package dev.sloth.lua.debug;

/// What came of a watch.
public sealed interface Answer {
    /// Values; what is shown is all of them, what opens is the first.
    ///
    /// @param printed as Lua's `print` would write them
    record Value(Datum value, Shown shown, String printed) implements Answer {}

    /// It went wrong.
    record Failed(String message) implements Answer {}
}
