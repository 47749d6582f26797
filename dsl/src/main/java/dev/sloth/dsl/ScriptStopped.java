package dev.sloth.dsl;

/// A script was killed, or has used up what it may: it did not end by itself.
public final class ScriptStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ScriptStopped(String reason, Throwable cause) {
        super(reason, cause);
    }

    /// Why.
    public String reason() {
        return String.valueOf(getMessage());
    }
}
