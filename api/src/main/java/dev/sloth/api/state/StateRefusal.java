package dev.sloth.api.state;

/// A command that cannot be done: nothing has changed, unless the reason says otherwise. The
/// message says why, and what to do.
public final class StateRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Why a command is refused.
    public enum Reason {
        /// A key, a pattern, a name or a number is none.
        WRONG,
        /// The value that is there is of another type than the command is for.
        TYPE,
        /// A limit of the namespace would be passed.
        QUOTA,
        /// A token is not, or no longer, that of a lock that is held.
        STALE,
        /// A lock is held by somebody else.
        HELD,
        /// A time lies before all that is remembered.
        FORGOTTEN,
        /// A transaction met others again and again.
        CONFLICT,
        /// Who keeps the state does not answer. A change may be done or not.
        AWAY
    }

    private final Reason reason;

    public StateRefusal(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /// Of an answer that takes more than the script that asked may have.
    public static StateRefusal noMemory() {
        return new StateRefusal(
                Reason.QUOTA,
                "not enough memory for the answer: ask for less at once, or raise"
                        + " script.execute_memory");
    }

    public Reason reason() {
        return reason;
    }
}
