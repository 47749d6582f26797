package dev.sloth.lua.vm;

import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.Multi;

/// Expressions that make something: tables and functions.
final class Constructors {
    private Constructors() {}

    private static final long TABLE_BYTES = 72;

    /// One entry of a table constructor; `keys` is absent for a counted one.
    record Entry(Node key, Node value, boolean counted) {}

    static final class Table extends Node {
        private final Entry[] entries;
        private final int items;
        private final int site;

        Table(Entry[] entries, int site) {
            this.entries = entries;
            this.site = site;
            int count = 0;
            for (Entry each : entries) {
                count += each.counted ? 1 : 0;
            }
            this.items = count;
        }

        @Override
        double exec(Frame f) {
            LuaState s = f.s;
            f.site = site;
            s.charge(TABLE_BYTES + items * 12L + (entries.length - items) * 28L);
            var table = new LuaTable(items, entries.length - items);
            long at = 1;
            for (int i = 0; i < entries.length; i++) {
                Entry entry = entries[i];
                if (!entry.counted) {
                    keyed(f, table, entry);
                } else if (i == entries.length - 1 && entry.value.isOpen()) {
                    rest(s, table, at, entry.value.multi(f));
                } else {
                    double v = entry.value.exec(f);
                    table.setInt(s, at++, v, s.out);
                }
            }
            s.out = table;
            return LuaValues.TAG;
        }

        private void keyed(Frame f, LuaTable table, Entry entry) {
            LuaState s = f.s;
            double k = entry.key.exec(f);
            Object ko = s.out;
            double v = entry.value.exec(f);
            f.site = site;
            table.set(s, k, ko, v, s.out);
        }

        private static void rest(LuaState s, LuaTable table, long from, double d) {
            Multi all = s.all(d);
            for (int i = 0; i < all.count; i++) {
                table.setInt(s, from + i, all.d[i], all.o[i]);
            }
        }
    }

    static final class Function extends Node {
        private final Proto proto;
        private final int site;

        Function(Proto proto, int site) {
            this.proto = proto;
            this.site = site;
        }

        @Override
        double exec(Frame f) {
            int[] captures = proto.captures;
            f.site = site;
            f.s.charge(LuaClosure.BYTES + captures.length * 4L);
            var cells = new Cell[captures.length];
            for (int i = 0; i < captures.length; i++) {
                int from = captures[i];
                cells[i] = from >= 0 ? (Cell) f.o[from] : f.closure.cells[-1 - from];
            }
            f.s.out = new LuaClosure(proto, cells, f.closure.env);
            return LuaValues.TAG;
        }
    }
}
