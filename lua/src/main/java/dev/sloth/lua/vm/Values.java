package dev.sloth.lua.vm;

import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.Multi;
import java.util.Arrays;

/// A list of expressions: all give one value, but the last one may give any number.
final class Values {
    final Node[] nodes;
    private final boolean open;

    Values(Node[] nodes) {
        this.nodes = nodes;
        this.open = nodes.length > 0 && nodes[nodes.length - 1].isOpen();
    }

    boolean isOpen() {
        return open;
    }

    /// All values, with room for `before` more in front.
    Multi eval(Frame f, int before) {
        LuaState s = f.s;
        int n = nodes.length;
        int fixed = open ? n - 1 : n;
        var d = new double[before + n];
        var o = new Object[before + n];
        for (int i = 0; i < fixed; i++) {
            double v = nodes[i].exec(f);
            d[before + i] = v;
            o[before + i] = Double.isNaN(v) ? s.out : LuaNil.NIL;
        }
        if (!open) {
            return new Multi(d, o, before + n);
        }
        double v = nodes[fixed].multi(f);
        if (LuaValues.isObject(v) && s.out instanceof Multi m) {
            int count = before + fixed + m.count;
            d = Arrays.copyOf(d, count);
            o = Arrays.copyOf(o, count);
            System.arraycopy(m.d, 0, d, before + fixed, m.count);
            System.arraycopy(m.o, 0, o, before + fixed, m.count);
            return new Multi(d, o, count);
        }
        d[before + fixed] = v;
        o[before + fixed] = Double.isNaN(v) ? s.out : LuaNil.NIL;
        return new Multi(d, o, before + n);
    }
}
