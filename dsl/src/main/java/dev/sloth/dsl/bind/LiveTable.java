package dev.sloth.dsl.bind;

import dev.sloth.api.value.Value;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// A table of a script as the host sees it: reads and writes go to the table itself, without its
/// metamethods. Two are equal when they are the same table.
final class LiveTable implements Value.Table {
    private final Border border;
    private final LuaTable table;

    LiveTable(Border border, LuaTable table) {
        this.border = border;
        this.table = table;
    }

    Border border() {
        return border;
    }

    LuaTable table() {
        return table;
    }

    private <T> T inside(Supplier<T> work) {
        return Entering.inside(border, work);
    }

    @Override
    public Value at(Value key) {
        return inside(() -> {
            LuaState s = border.state();
            double k = border.toLua(key);
            double d = table.get(s, k, s.out);
            return border.toHost(d, s.out);
        });
    }

    @Override
    public void put(Value key, Value value) {
        inside(() -> {
            LuaState s = border.state();
            double k = border.toLua(key);
            Object ko = s.out;
            double v = border.toLua(value);
            table.set(s, k, ko, v, s.out);
            return value;
        });
    }

    @Override
    public int length() {
        return inside(() -> (int) table.length());
    }

    @Override
    public List<Value.Entry> entries() {
        return inside(() -> {
            LuaState s = border.state();
            var all = new ArrayList<Value.Entry>();
            for (int at = table.nextPosition(-1); at >= 0; at = table.nextPosition(at)) {
                double k = table.keyAt(s, at);
                Value key = border.toHost(k, s.out);
                double v = table.valueAt(s, at);
                all.add(new Value.Entry(key, border.toHost(v, s.out)));
            }
            return all;
        });
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // this very table
    public boolean equals(Object other) {
        return other instanceof LiveTable live && live.table == table;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(table);
    }

    @Override
    public String toString() {
        return "table of a script";
    }
}
