package dev.sloth.lua.lib;

import dev.sloth.lua.value.Grants;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaValues;

/// One library table being filled.
final class Shelf {
    private final LuaState state;
    private final LuaTable table;

    private Shelf(LuaState state, LuaTable table) {
        this.state = state;
        this.table = table;
    }

    /// The globals themselves.
    static Shelf globals(LuaState state) {
        return new Shelf(state, state.globals());
    }

    /// A new library table for about `entries` functions.
    static Shelf of(LuaState state, int entries) {
        return new Shelf(state, new LuaTable(0, entries));
    }

    /// The library table of that name: the one already there, or a new one, as a global.
    static Shelf library(LuaState state, String name, int entries) {
        LuaString key = LuaString.of(name);
        double d = state.globals().getString(state, key);
        if (LuaValues.isObject(d) && state.out instanceof LuaTable there) {
            return new Shelf(state, there);
        }
        Shelf made = of(state, entries);
        state.globals().setString(state, key, LuaValues.TAG, made.table);
        return made;
    }

    LuaState state() {
        return state;
    }

    Shelf add(String name, Builtin.Body body) {
        return add(new Builtin(name, body));
    }

    Shelf add(HostFunction function) {
        return set(function.name(), function);
    }

    /// Adds `os.exit` as `exit`, say, if that was granted.
    Shelf granted(Grants grants, String name, Builtin.Body body) {
        return grants.allows(name) ? add(name.substring(name.indexOf('.') + 1), body) : this;
    }

    Shelf set(String name, Object value) {
        table.setString(state, LuaString.of(name), LuaValues.TAG, value);
        return this;
    }

    Shelf set(String name, double number) {
        table.setString(state, LuaString.of(name), number, LuaNil.NIL);
        return this;
    }

    LuaTable table() {
        return table;
    }
}
