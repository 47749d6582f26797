package dev.sloth.core.store;

/// A store did not do what it was asked for, and nothing has changed.
public final class StoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What stands in the way.
    public enum Reason {
        /// Somebody else drives the run now.
        FENCED,
        /// An id is taken.
        TAKEN,
        /// A number that had to be the next one is not.
        CONFLICT,
        /// The disk is full.
        FULL,
        /// We may not write, or not even read.
        FORBIDDEN,
        /// What is kept is not what was written.
        DAMAGED,
        /// It was written by a later version than this one.
        NEWER,
        /// Others keep it busy for too long.
        BUSY,
        /// Anything else.
        BROKEN
    }

    private final Reason reason;

    public StoreFailure(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public StoreFailure(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
