package dev.sloth.lua.vm;

import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.Multi;
import dev.sloth.lua.value.TableItems;
import dev.sloth.lua.value.TableSize;
import java.util.List;

/// Expressions that make something: tables and functions.
final class Constructors {
    private Constructors() {}

    static final class Table extends Node {
        private final Shape.Entry[] entries;
        private final int items;
        private final int room;
        private final int place;
        private final int site;

        /// @param place where the frame notes the table; negative if it need not be noted
        Table(Shape.Entry[] entries, int place, int site) {
            this.entries = entries;
            this.place = place;
            this.site = site;
            int count = 0;
            for (Shape.Entry each : entries) {
                count += each.counted() ? 1 : 0;
            }
            this.items = count;
            this.room = TableItems.room(count);
        }

        @Override
        double exec(Frame f) {
            LuaState s = f.s;
            LuaTable table = begun(f);
            long at = 1;
            boolean open = false;
            for (int i = 0; i < entries.length; i++) {
                Shape.Entry entry = entries[i];
                if (!entry.counted()) {
                    keyed(f, table, entry);
                } else if (i == entries.length - 1 && entry.value().isOpen()) {
                    open = true;
                    rest(s, table, at, entry.value().multi(f));
                } else {
                    double v = entry.value().exec(f);
                    table.setInt(s, at++, v, s.out);
                }
            }
            if (!open) {
                TableItems.settle(s, table, room);
            }
            s.out = table;
            return LuaValues.TAG;
        }

        /// The table with nothing in it yet.
        LuaTable begun(Frame f) {
            f.site = site;
            int fields = entries.length - items;
            f.s.charge(TableSize.of(items, fields));
            var table = new LuaTable(items, fields);
            if (place >= 0) {
                f.o[place] = table;
            }
            return table;
        }

        private void keyed(Frame f, LuaTable table, Shape.Entry entry) {
            double k = entry.key().exec(f);
            Object ko = f.object(k);
            double v = entry.value().exec(f);
            put(f, table, k, ko, v, f.object(v));
        }

        void put(Frame f, LuaTable table, double k, Object ko, double v, Object vo) {
            f.site = site;
            table.set(f.s, k, ko, v, vo);
        }

        static void rest(LuaState s, LuaTable table, long from, double d) {
            Multi all = s.all(d);
            for (int i = 0; i < all.count; i++) {
                table.setInt(s, from + i, all.d[i], all.o[i]);
            }
            int shown = (int) from - 1;
            TableItems.settle(s, table, Math.max(TableItems.room(shown), shown + all.count));
        }

        @Override
        public Shape shape() {
            return new Shape.Table(List.of(entries));
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
            var cells = new Cell[captures.length];
            for (int i = 0; i < captures.length; i++) {
                int from = captures[i];
                cells[i] = from >= 0 ? (Cell) f.o[from] : f.closure.cells[-1 - from];
            }
            return of(f, cells);
        }

        /// The function with what it captures.
        double of(Frame f, Cell[] cells) {
            f.site = site;
            f.s.charge(LuaClosure.BYTES + cells.length * 4L);
            return f.s.ret(new LuaClosure(proto, cells, f.closure.env));
        }

        @Override
        public Shape shape() {
            return new Shape.Function(proto);
        }
    }
}
