package dev.sloth.lua.value;

import org.jspecify.annotations.Nullable;

/// Finds metatables and metamethods.
public final class Metatables {
    private Metatables() {}

    /// The metatable of any value.
    public static @Nullable LuaTable of(LuaState s, double d, Object o) {
        if (LuaValues.isNumber(d)) {
            return s.typeMetatable(LuaType.NUMBER);
        }
        if (o instanceof LuaTable table) {
            return table.metatable();
        }
        if (o instanceof LuaHandle handle) {
            return handle.metatable();
        }
        return s.typeMetatable(LuaType.of(d, o));
    }

    /// The metamethod of any value: a boxed `Double` for a number, `NIL` if there is none.
    public static Object method(LuaState s, double d, Object o, Metamethod which) {
        if (which == Metamethod.CALL && o instanceof LuaText text && LuaValues.isObject(d)) {
            return callOf(s, text);
        }
        return method(s, of(s, d, o), which);
    }

    /// A text can be called when it carries a field `__call`.
    private static Object callOf(LuaState s, LuaText text) {
        double d = text.fields().getString(s, Metamethod.CALL.key());
        return LuaValues.isNumber(d) ? d : s.out;
    }

    /// The metamethod in a metatable: a boxed `Double` for a number, `NIL` if there is none.
    public static Object method(LuaState s, @Nullable LuaTable metatable, Metamethod which) {
        if (metatable == null || metatable.lacks(which.bit())) {
            return LuaNil.NIL;
        }
        double d = metatable.getString(s, which.key());
        if (LuaValues.isNumber(d)) {
            return d;
        }
        if (s.out == LuaNil.NIL) {
            metatable.remember(which.bit());
        }
        return s.out;
    }
}
