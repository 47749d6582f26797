package dev.sloth.lua.value;

/// The script is to end now: killed from outside, out of steps, or its state is being closed.
///
/// An `Error`, so that neither `pcall` nor a careless host function catches it.
public final class LuaKilled extends Error {
    private static final long serialVersionUID = 1L;

    public LuaKilled(String reason) {
        super(reason, null, false, false);
    }

    /// Why.
    public String reason() {
        return String.valueOf(getMessage());
    }
}
