package dev.sloth.lua.lib;

import dev.sloth.lua.value.Grants;
import dev.sloth.lua.value.LuaState;

/// Puts the standard library into a state.
public final class Libraries {
    private Libraries() {}

    /// Opens what the grants allow, in a state that sees nothing of the world outside.
    ///
    /// @throws IllegalStateException when the state has globals already
    public static void open(LuaState s, Grants grants) {
        open(s, grants, Surroundings.NOTHING);
    }

    /// Opens what the grants allow, with the world outside as the host describes it.
    ///
    /// @throws IllegalStateException when the state has globals already
    public static void open(LuaState s, Grants grants, Surroundings around) {
        Kit.STANDARD.open(s, grants, around);
    }

    /// What every state gets.
    static void fill(LuaState s) {
        BasicLibrary.open(s);
        ProtectedCalls.open(s);
        StringLibrary.open(s);
        TableLibrary.open(s);
        MathLibrary.open(s);
        CoroutineLibrary.open(s);
        LoadLibrary.open(s);
        Utf8Library.open(s);
        OsLibrary.open(s);
    }

    /// What a state gets besides.
    static void grant(LuaState s, Grants grants, Surroundings around) {
        if (!grants.names().isEmpty()) {
            LoadLibrary.grant(s, grants);
            OsLibrary.grant(s, grants);
        }
        if (anyOf(grants, "io")) {
            IoLibrary.open(s, grants, around);
        }
        if (anyOf(grants, "debug")) {
            DebugLibrary.open(s, grants);
        }
        // last, for it lists what is there
        around.modules().ifPresent(source -> PackageLibrary.open(s, source));
    }

    private static boolean anyOf(Grants grants, String library) {
        return grants.names().stream()
                .anyMatch(name -> name.equals(library) || name.startsWith(library + "."));
    }
}
