package dev.sloth.lua.lib;

import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaType;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.Texts;

/// The `table` table, and `unpack`.
final class TableLibrary {
    /// Values that one `unpack` may give back.
    static final int UNPACKED_MAX = 1_000_000;

    /// Elements moved between two looks at the kill flag.
    private static final int MOVES_BETWEEN_CHECKS = 1 << 12;

    private TableLibrary() {}

    static void open(LuaState s) {
        Shelf.library(s, "table", 16)
                .add("concat", TableLibrary::concat)
                .add("foreach", TableLibrary::forEach)
                .add("foreachi", TableLibrary::forEachIndex)
                .add("getn", (_, args) -> args.table(1).length())
                .add(new Insert())
                .add("maxn", TableLibrary::greatestKey)
                .add("move", TableLibrary::move)
                .add("pack", TableLibrary::pack)
                .add("remove", TableLibrary::remove)
                .add("sort", TableSort::sort)
                .add("unpack", TableLibrary::unpack);
    }

    private static double concat(LuaState s, Args args) {
        LuaTable table = args.table(1);
        LuaString separator = args.optString(2, LuaString.EMPTY);
        long from = args.optInteger(3, 1);
        long to = args.isNil(4) ? table.length() : args.integer(4);
        ByteBuilder out = new ByteBuilder(s, 64);
        for (long i = from; i <= to; i++) {
            double d = table.getInt(s, i);
            if (LuaValues.isNumber(d)) {
                out.append(Texts.of(s, d, LuaNil.NIL));
            } else if (s.out instanceof LuaString text) {
                out.append(text);
            } else {
                throw s.error(
                        "invalid value ("
                                + LuaType.of(d, s.out)
                                + ") at index "
                                + i
                                + " in table for 'concat'");
            }
            if (i == to) {
                break;
            }
            out.append(separator);
            if ((i & (MOVES_BETWEEN_CHECKS - 1)) == 0) {
                s.check(MOVES_BETWEEN_CHECKS);
            }
        }
        return s.ret(out.toLuaString());
    }

    private static double forEach(LuaState s, Args args) {
        LuaTable table = args.table(1);
        LuaFunction function = args.function(2);
        for (int p = table.nextPosition(-1); p >= 0; p = table.nextPosition(p)) {
            double k = table.keyAt(s, p);
            Object ko = LuaValues.isNumber(k) ? LuaNil.NIL : s.out;
            double v = table.valueAt(s, p);
            Object vo = LuaValues.isNumber(v) ? LuaNil.NIL : s.out;
            double r = s.first(function.call(s, k, ko, v, vo));
            if (LuaValues.isNumber(r) || s.out != LuaNil.NIL) {
                return r;
            }
            s.check(1);
        }
        return s.none();
    }

    private static double forEachIndex(LuaState s, Args args) {
        LuaTable table = args.table(1);
        LuaFunction function = args.function(2);
        long n = table.length();
        for (long i = 1; i <= n; i++) {
            double v = table.getInt(s, i);
            Object vo = LuaValues.isNumber(v) ? LuaNil.NIL : s.out;
            double r = s.first(function.call(s, (double) i, LuaNil.NIL, v, vo));
            if (LuaValues.isNumber(r) || s.out != LuaNil.NIL) {
                return r;
            }
            s.check(1);
        }
        return s.none();
    }

    /// `insert`, whose appending form goes without [Args].
    private static final class Insert extends HostFunction implements Imprint.Constant {
        Insert() {
            super("insert");
        }

        @Override
        public double call(LuaState s, double a, Object ao, double b, Object bo) {
            if (LuaValues.isObject(a) && ao instanceof LuaTable table) {
                table.setInt(s, table.length() + 1, b, bo);
                return s.none();
            }
            return super.call(s, a, ao, b, bo);
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            LuaTable table = args.table(1);
            long end = table.length() + 1;
            switch (args.count()) {
                case 2 -> table.setInt(s, end, args.d(2), args.o(2));
                case 3 -> insertAt(s, table, args.integer(2), end, args.d(3), args.o(3));
                default -> throw s.error("wrong number of arguments to 'insert'");
            }
            return s.none();
        }

        private static void insertAt(
                LuaState s, LuaTable table, long position, long end, double d, Object o) {
            if (position >= 1 && position < end) {
                s.check((int) (end - position) / 64);
                table.insert(s, (int) position, d, o);
                return;
            }
            for (long i = end; i > position; i--) {
                double moved = table.getInt(s, i - 1);
                table.setInt(s, i, moved, LuaValues.isNumber(moved) ? LuaNil.NIL : s.out);
                tick(s, i);
            }
            table.setInt(s, position, d, o);
        }
    }

    private static void tick(LuaState s, long i) {
        if ((i & (MOVES_BETWEEN_CHECKS - 1)) == 0) {
            s.check(MOVES_BETWEEN_CHECKS);
        }
    }

    private static double remove(LuaState s, Args args) {
        LuaTable table = args.table(1);
        long n = table.length();
        long position = args.optInteger(2, n);
        if (position < 1 || position > n) {
            return s.none();
        }
        s.check((int) (n - position) / 64);
        return table.remove(s, (int) position);
    }

    private static double greatestKey(LuaState s, Args args) {
        LuaTable table = args.table(1);
        double greatest = 0;
        long seen = 0;
        for (int p = table.nextPosition(-1); p >= 0; p = table.nextPosition(p)) {
            double k = table.keyAt(s, p);
            if (LuaValues.isNumber(k) && k > greatest) {
                greatest = k;
            }
            tick(s, ++seen);
        }
        return greatest;
    }

    private static double move(LuaState s, Args args) {
        LuaTable from = args.table(1);
        long first = args.integer(2);
        long last = args.integer(3);
        long target = args.integer(4);
        LuaTable to = args.isNil(5) ? from : args.table(5);
        if (last >= first) {
            if (first <= 0 && last >= Long.MAX_VALUE + first) {
                throw args.bad(3, "too many elements to move");
            }
            long count = last - first + 1;
            if (target > Long.MAX_VALUE - count + 1) {
                throw args.bad(4, "destination wrap around");
            }
            boolean upwards = target > last || target <= first || to != from;
            for (long i = 0; i < count; i++) {
                long at = upwards ? i : count - 1 - i;
                double d = from.getInt(s, first + at);
                to.setInt(s, target + at, d, LuaValues.isNumber(d) ? LuaNil.NIL : s.out);
                tick(s, i + 1);
            }
        }
        return s.ret(to);
    }

    private static double pack(LuaState s, Args args) {
        int n = args.count();
        s.charge(n * 16L);
        LuaTable table = new LuaTable(n, 1);
        for (int i = 1; i <= n; i++) {
            table.setInt(s, i, args.d(i), args.o(i));
        }
        table.setString(s, LuaString.of("n"), n, LuaNil.NIL);
        return s.ret(table);
    }

    static double unpack(LuaState s, Args args) {
        LuaTable table = args.table(1);
        long from = args.optInteger(2, 1);
        long to = args.isNil(3) ? table.length() : args.integer(3);
        if (from > to) {
            return s.none();
        }
        long count = to - from + 1;
        if (count <= 0 || count > UNPACKED_MAX) {
            throw s.error("too many results to unpack");
        }
        s.charge(count * 16);
        s.check((int) count / 16);
        int n = (int) count;
        double[] d = new double[n];
        Object[] o = new Object[n];
        for (int i = 0; i < n; i++) {
            d[i] = table.getInt(s, from + i);
            o[i] = LuaValues.isNumber(d[i]) ? LuaNil.NIL : s.out;
        }
        return s.multi(d, o, n);
    }
}
