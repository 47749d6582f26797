package dev.sloth.lua.vm;

import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.MemoryWalk;

/// A local variable that an inner function captured.
final class Cell implements MemoryWalk.Visited, Imprint.Variable {
    private static final long BYTES = 24;

    double d;
    Object o = LuaNil.NIL;

    Cell(double d, Object o) {
        put(d, o);
    }

    @Override
    public double number() {
        return d;
    }

    @Override
    public Object object() {
        return o;
    }

    @Override
    public void put(double number, Object object) {
        d = number;
        o = Double.isNaN(number) ? object : LuaNil.NIL;
    }

    @Override
    public long visit(MemoryWalk walk) {
        walk.see(o);
        return BYTES;
    }
}
