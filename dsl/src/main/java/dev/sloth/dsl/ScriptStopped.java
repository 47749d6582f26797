package dev.sloth.dsl;

import dev.sloth.lua.value.LuaKilled;

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

    /// Reads values of a script, which may be killed meanwhile.
    @FunctionalInterface
    public interface Reading<T, A extends Exception, B extends Exception> {
        T read() throws A, B;
    }

    /// Does something with values of a script that are its own.
    ///
    /// @throws ScriptStopped when it was killed
    public static <T, A extends Exception, B extends Exception> T orRead(Reading<T, A, B> reading)
            throws A, B {
        try {
            return reading.read();
        } catch (LuaKilled killed) {
            throw new ScriptStopped(killed.reason(), killed);
        }
    }
}
