package dev.sloth.dsl.bind;

import dev.sloth.api.plugin.Permission;
import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.Grants;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaValues;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which functions of Lua's own libraries belong to which permission, and what stands in their
/// place where they are not permitted: an error that says so.
public final class Refusals {
    private static final List<String> FREE =
            List.of(
                    "io.close",
                    "io.flush",
                    "io.read",
                    "io.type",
                    "io.write",
                    "os.getenv",
                    "os.setlocale",
                    "debug.traceback");
    private static final List<String> FILES =
            List.of(
                    "io.input",
                    "io.lines",
                    "io.open",
                    "io.output",
                    "io.tmpfile",
                    "os.remove",
                    "os.rename",
                    "os.tmpname");
    private static final List<String> PROCESSES = List.of("io.popen", "os.execute");
    private static final List<String> NEVER = List.of("os.exit");

    private Refusals() {}

    /// The names to grant for what a script is permitted.
    public static Set<String> allowed(Set<Permission> granted) {
        var names = new HashSet<>(FREE);
        if (granted.contains(Permission.FS)) {
            names.addAll(FILES);
        }
        if (granted.contains(Permission.EXEC)) {
            names.addAll(PROCESSES);
        }
        return names;
    }

    /// Puts an explanation in the place of each function that was not granted.
    public static void fill(LuaState s, Grants grants) {
        fill(s, grants, FILES, "fs is not permitted in this script");
        fill(s, grants, PROCESSES, "exec is not permitted in this script");
        fill(s, grants, NEVER, "a script does not end the runner; return false, \"why\" instead");
    }

    private static void fill(LuaState s, Grants grants, List<String> names, String reason) {
        for (String name : names) {
            if (!grants.allows(name)) {
                int dot = name.indexOf('.');
                var table = library(s, name.substring(0, dot));
                table.setString(
                        s,
                        LuaString.of(name.substring(dot + 1)),
                        LuaValues.TAG,
                        new Refusing(name, reason));
            }
        }
    }

    private static LuaTable library(LuaState s, String name) {
        var key = LuaString.of(name);
        double d = s.globals().getString(s, key);
        if (LuaValues.isObject(d) && s.out instanceof LuaTable table) {
            return table;
        }
        var table = new LuaTable();
        s.globals().setString(s, key, LuaValues.TAG, table);
        return table;
    }

    /// Raises its reason.
    private static final class Refusing extends HostFunction implements Imprint.Constant {
        private final String reason;

        Refusing(String name, String reason) {
            super(name);
            this.reason = reason;
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            s.out = LuaNil.NIL;
            throw s.error(reason + " ('" + name() + "')");
        }
    }
}
