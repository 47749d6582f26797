package dev.sloth.lua.vm;

import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.MemoryWalk;

/// A local variable that an inner function captured.
final class Cell implements MemoryWalk.Visited, Imprint.Variable {
    private static final long BYTES = 32;

    double d;
    Object o;

    Cell(double d, Object o) {
        this.d = d;
        this.o = Double.isNaN(d) ? o : LuaNil.NIL;
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
        o = object;
    }

    @Override
    public long visit(MemoryWalk walk) {
        walk.see(o);
        return BYTES;
    }
}
