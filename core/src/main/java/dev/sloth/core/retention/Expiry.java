package dev.sloth.core.retention;

/// A run that may go.
public record Expiry(EndedRun run, Reason reason) {
    /// Which limit it exceeds; the first that does.
    public enum Reason {
        /// It ended too long ago.
        AGE,
        /// There are enough that ended later.
        COUNT,
        /// Together with those that ended later it takes too much room.
        SIZE
    }
}
