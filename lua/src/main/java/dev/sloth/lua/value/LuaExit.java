package dev.sloth.lua.value;

/// The script called `os.exit`: it is to end, and so, if the host likes, is the program.
///
/// An `Error`, so that neither `pcall` nor a careless host function catches it.
public final class LuaExit extends Error {
    private static final long serialVersionUID = 1L;

    private final int status;

    public LuaExit(int status) {
        super("os.exit(" + status + ")", null, false, false);
        this.status = status;
    }

    /// What the script says the program's exit status is to be.
    public int status() {
        return status;
    }
}
