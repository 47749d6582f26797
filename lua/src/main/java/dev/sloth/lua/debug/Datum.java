package dev.sloth.lua.debug;

import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.Multi;

/// A value of a script, in both of its halves.
///
/// @param d the number, or [LuaValues#TAG]
/// @param o what is not a number
public record Datum(double d, Object o) {
    static final Datum NIL = new Datum(LuaValues.TAG, LuaNil.NIL);

    public Datum {
        if (LuaValues.isNumber(d)) {
            o = LuaNil.NIL;
        }
    }

    boolean isTrue() {
        return LuaValues.isTrue(d, o);
    }

    static Datum first(Multi values) {
        return values.count == 0 ? NIL : new Datum(values.d[0], values.o[0]);
    }
}
