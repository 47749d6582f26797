package dev.sloth.lua.value;

/// What the library keeps for one state.
@FunctionalInterface
public interface Furnishing {
    /// Lets chance begin anew.
    void seed(long start);
}
