package dev.sloth.api.plugin;

/// A call that cannot be answered: becomes an error in the script, at the place of the call.
public final class CallFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CallFailure(String message) {
        super(message);
    }

    public CallFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
