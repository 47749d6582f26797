package dev.sloth.lua.syntax;

/// Counts the memory that parsing and compiling are about to take, and may refuse it.
@FunctionalInterface
public interface Allowance {
    /// For texts of the host's own.
    Allowance UNLIMITED = _ -> {};

    /// Counts so many bytes more. Who refuses them throws: parsing ends with that.
    void take(long bytes);
}
