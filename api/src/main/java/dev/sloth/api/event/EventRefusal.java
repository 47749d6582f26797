package dev.sloth.api.event;

/// A fact, a watcher or a hook that is not taken: nothing has changed, unless the reason says
/// otherwise. The message says why, and what to do.
public final class EventRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Why it is not taken.
    public enum Reason {
        /// A type, a subject, a name or a setting is none.
        WRONG,
        /// A hook cannot be so.
        UNFIT,
        /// The data is larger than a fact may be.
        LARGE,
        /// It has too long a chain of causes: hooks that set off each other.
        CHAIN,
        /// There are as many as there may be.
        QUOTA,
        /// There is no hook of this name.
        MISSING,
        /// There is another hook of this name.
        TAKEN,
        /// Who keeps the events does not answer. A fact may be kept or not.
        AWAY
    }

    private final Reason reason;

    public EventRefusal(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
