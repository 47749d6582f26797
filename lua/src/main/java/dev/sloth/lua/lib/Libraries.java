package dev.sloth.lua.lib;

import dev.sloth.lua.value.Grants;
import dev.sloth.lua.value.LuaState;

/// Puts the standard library into a state.
public final class Libraries {
    private Libraries() {}

    /// Opens what the grants allow, in a state that sees nothing of the world outside.
    public static void open(LuaState s, Grants grants) {
        open(s, grants, Surroundings.NOTHING);
    }

    /// Opens what the grants allow, with the world outside as the host describes it.
    public static void open(LuaState s, Grants grants, Surroundings around) {
        BasicLibrary.open(s, around);
        ProtectedCalls.open(s);
        StringLibrary.open(s);
        TableLibrary.open(s);
        MathLibrary.open(s, around.seed());
        CoroutineLibrary.open(s);
        LoadLibrary.open(s, grants, around);
        Utf8Library.open(s);
        OsLibrary.open(s, grants, around);
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
