package dev.sloth.lua.lib;

import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaValues;
import java.util.Optional;

/// `require` and `package`: modules come from `package.preload` and then from the host.
final class PackageLibrary {
    private final ModuleSource source;
    private final LuaTable loaded;
    private final LuaTable preload;

    private PackageLibrary(LuaState s, ModuleSource source) {
        this.source = source;
        this.loaded = new LuaTable();
        this.preload = new LuaTable();
        for (String each :
                new String[] {
                    "string", "table", "math", "coroutine", "utf8", "os", "io", "debug", "_G"
                }) {
            double d = s.globals().getString(s, LuaString.of(each));
            if (LuaValues.isObject(d) && s.out instanceof LuaTable library) {
                loaded.setString(s, LuaString.of(each), LuaValues.TAG, library);
            }
        }
    }

    /// To be opened last, for `package.loaded` lists the libraries that are there.
    static void open(LuaState s, ModuleSource source) {
        PackageLibrary library = new PackageLibrary(s, source);
        s.registry().setString(s, LuaString.of("loaded"), LuaValues.TAG, library.loaded);
        s.registry().setString(s, LuaString.of("preload"), LuaValues.TAG, library.preload);
        LuaTable table =
                Shelf.library(s, "package", 4)
                        .set("loaded", library.loaded)
                        .set("path", LuaString.of("?.lua;lib/?.lua"))
                        .set("preload", library.preload)
                        .table();
        library.loaded.setString(s, LuaString.of("package"), LuaValues.TAG, table);
        Shelf.globals(s).add("require", library::require);
    }

    private double require(LuaState s, Args args) {
        LuaString name = args.string(1);
        double there = loaded.getString(s, name);
        if (LuaValues.isTrue(there, s.out)) {
            if (LuaValues.isObject(there) && s.out == Loading.UNDER_WAY) {
                throw s.error("loop or previous error loading module '" + name + "'");
            }
            return there;
        }
        LuaFunction loader = loader(s, name);
        loaded.setString(s, name, LuaValues.TAG, Loading.UNDER_WAY);
        double r = s.first(loader.call(s, LuaValues.TAG, name));
        if (LuaValues.isNumber(r) || s.out != LuaNil.NIL) {
            loaded.setString(s, name, r, LuaValues.isNumber(r) ? LuaNil.NIL : s.out);
        }
        double now = loaded.getString(s, name);
        if (LuaValues.isObject(now) && s.out == Loading.UNDER_WAY) {
            loaded.setString(s, name, LuaValues.TAG, true);
            return s.ret(true);
        }
        return now;
    }

    private LuaFunction loader(LuaState s, LuaString name) {
        double d = preload.getString(s, name);
        if (LuaValues.isObject(d) && s.out instanceof LuaFunction given) {
            return given;
        }
        Optional<LuaFunction> found = source.find(s, name.toString());
        return found.orElseThrow(() ->
                s.error(
                        "module '"
                                + name
                                + "' not found:\n\tno field package.preload['"
                                + name
                                + "']"));
    }

    /// What stands for a module whose loader runs; a userdata to scripts that look.
    private enum Loading {
        UNDER_WAY
    }
}
