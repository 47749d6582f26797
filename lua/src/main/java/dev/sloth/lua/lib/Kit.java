package dev.sloth.lua.lib;

import dev.sloth.lua.value.Budget;
import dev.sloth.lua.value.Grants;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaType;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.TablePattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What fresh states begin with: the library, and functions of the host. Made once, for as many
/// states as there are: their tables take next to nothing until they are written to. Safe for use
/// by many threads at once.
public final class Kit {
    /// The library alone.
    public static final Kit STANDARD = new Kit(new LinkedHashMap<>());

    private final TablePattern globals;

    /// At the open places of the globals, but the first, which is `_G`.
    private final List<TablePattern> libraries;

    private final TablePattern metatableOfStrings;
    private final int strings;

    private Kit(SequencedMap<String, HostFunction> functions) {
        var workshop = new LuaState(Budget.DEFAULT);
        Libraries.fill(workshop);
        functions.forEach((name, function) -> put(workshop, LuaString.of(name), function));
        globals = TablePattern.of(workshop.globals());
        libraries = globals.open().stream().skip(1).map(TablePattern::of).toList();
        metatableOfStrings = TablePattern.of(metatableOfStrings(workshop));
        strings = globals.open().indexOf(metatableOfStrings.open().getFirst());
    }

    private static LuaTable metatableOfStrings(LuaState s) {
        LuaTable metatable = s.typeMetatable(LuaType.STRING);
        return metatable == null ? new LuaTable() : metatable;
    }

    private static void put(LuaState workshop, LuaString name, HostFunction function) {
        double there = workshop.globals().getString(workshop, name);
        if (LuaValues.isObject(there) && workshop.out instanceof LuaTable) {
            throw new IllegalArgumentException("the library has a table " + name);
        }
        workshop.globals().setString(workshop, name, LuaValues.TAG, function);
    }

    /// The library with globals of the host's.
    ///
    /// @param functions by their names, which may be those of functions of the library; each serves
    ///   all states and all threads at once
    /// @throws IllegalArgumentException when a function keeps values of scripts alive, or has the
    ///   name of a table of the library
    public static Kit of(SequencedMap<String, HostFunction> functions) {
        return new Kit(functions);
    }

    /// Opens it, and what the grants allow, in a state that has no globals yet.
    ///
    /// @throws IllegalStateException when it has some
    public void open(LuaState s, Grants grants, Surroundings around) {
        var own = new LuaTable[1 + libraries.size()];
        own[0] = s.globals();
        for (int i = 1; i < own.length; i++) {
            own[i] = libraries.get(i - 1).table();
        }
        globals.fill(s.globals(), own);
        s.setTypeMetatable(LuaType.STRING, metatableOfStrings.table(own[strings]));
        Own.open(s, around);
        Libraries.grant(s, grants, around);
    }
}
