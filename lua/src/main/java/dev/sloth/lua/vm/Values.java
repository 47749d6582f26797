package dev.sloth.lua.vm;

import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.Multi;
import java.util.Arrays;
import java.util.List;

/// A list of expressions: all give one value, but the last one may give any number.
public final class Values {
    final Node[] nodes;
    private final boolean open;

    Values(Node[] nodes) {
        this.nodes = nodes;
        this.open = nodes.length > 0 && nodes[nodes.length - 1].isOpen();
    }

    /// The expressions.
    public List<Node> list() {
        return List.of(nodes);
    }

    /// Whether evaluating them may run, or make, something else.
    boolean isBusy() {
        return Arrays.stream(nodes).anyMatch(Node::isBusy);
    }

    /// Whether the last one may give any number.
    public boolean isOpen() {
        return open;
    }

    /// The number half of one of several values, which need not be there.
    static double number(Multi m, int at) {
        return at < m.count ? m.d[at] : LuaValues.TAG;
    }

    /// Its object half.
    static Object object(Multi m, int at) {
        return at < m.count ? m.o[at] : LuaNil.NIL;
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
        return spread(s, d, o, before + fixed, nodes[fixed].multi(f));
    }

    /// The first `fixed` values, and then as many as the last expression gave.
    ///
    /// @param v what it gave
    static Multi spread(LuaState s, double[] given, Object[] objects, int fixed, double v) {
        if (LuaValues.isObject(v) && s.out instanceof Multi m) {
            int count = fixed + m.count;
            double[] d = Arrays.copyOf(given, count);
            Object[] o = Arrays.copyOf(objects, count);
            System.arraycopy(m.d, 0, d, fixed, m.count);
            System.arraycopy(m.o, 0, o, fixed, m.count);
            return new Multi(d, o, count);
        }
        given[fixed] = v;
        objects[fixed] = Double.isNaN(v) ? s.out : LuaNil.NIL;
        return new Multi(given, objects, fixed + 1);
    }
}
