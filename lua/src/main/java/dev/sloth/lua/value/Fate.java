package dev.sloth.lua.value;

import org.jspecify.annotations.Nullable;

/// Whether everything in a state was ended for good, and why. It is sealed once, under the guard of
/// [Fibers]; any thread may look.
final class Fate {
    private volatile @Nullable String killed;

    /// The call of `os.exit` that ended everything, when it was not in the host's own call.
    private volatile @Nullable LuaExit left;

    /// The first reason counts.
    void seal(String reason) {
        if (killed == null) {
            killed = reason;
        }
    }

    /// Says that a call of `os.exit` is about to seal it.
    void leave(LuaExit exit) {
        left = exit;
    }

    boolean isSealed() {
        return killed != null;
    }

    /// Empty while it is open.
    String reason() {
        String why = killed;
        return why == null ? "" : why;
    }

    /// @throws LuaExit when it was `os.exit`
    void throwIfSealed() {
        String why = killed;
        if (why == null) {
            return;
        }
        LuaExit exit = left;
        if (exit != null) {
            throw new LuaExit(exit.status());
        }
        throw new LuaKilled(why);
    }
}
