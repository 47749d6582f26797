package dev.sloth.lua.lib;

import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.Comparison;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.MemoryWalk;
import java.util.Arrays;

/// `table.sort`: a merge sort on a copy of the array.
///
/// An inconsistent order function gives some order and never leaves the array; an error in it
/// leaves the table as it was. Plain numbers and plain strings are compared without calling
/// anything.
final class TableSort {
    /// Values that one uninterrupted sort takes on: a few milliseconds' worth.
    private static final int BLOCK = 1 << 14;

    /// Runs up to this length are sorted by insertion.
    private static final int RUN = 8;

    private static final int BYTES_PER_VALUE = 32;

    private TableSort() {}

    static double sort(LuaState s, Args args) {
        LuaTable table = args.table(1);
        int n = (int) table.length();
        boolean custom = !args.isNil(2);
        if (custom) {
            args.function(2);
        }
        if (n < 2) {
            return s.none();
        }
        s.charge((long) n * BYTES_PER_VALUE);
        double[] d = new double[n];
        Object[] o = new Object[n];
        boolean numbers = true;
        boolean strings = true;
        for (int i = 0; i < n; i++) {
            d[i] = table.getInt(s, i + 1L);
            o[i] = LuaValues.isNumber(d[i]) ? LuaNil.NIL : s.out;
            numbers &= !Double.isNaN(d[i]);
            strings &= o[i] instanceof LuaString;
            if ((i & (BLOCK - 1)) == BLOCK - 1) {
                s.check(BLOCK / 16);
            }
        }
        if (numbers && !custom) {
            sortNumbers(s, d);
        } else {
            var merge = new Merge(s, d, o, order(args, custom, strings));
            args.keep(merge);
            merge.run();
        }
        for (int i = 0; i < n; i++) {
            table.setInt(s, i + 1L, d[i], o[i]);
        }
        return s.none();
    }

    private static Order order(Args args, boolean custom, boolean strings) {
        if (custom) {
            return new Order.Custom(args.function(2));
        }
        return strings ? new Order.Text() : new Order.Natural();
    }

    private static void sortNumbers(LuaState s, double[] d) {
        int n = d.length;
        for (int from = 0; from < n; from += BLOCK) {
            Arrays.sort(d, from, Math.min(n, from + BLOCK));
            s.check(BLOCK);
        }
        double[] source = d;
        double[] target = new double[n];
        boolean home = true;
        for (int width = BLOCK; width < n; width *= 2) {
            for (int from = 0; from < n; from += 2 * width) {
                int middle = Math.min(n, from + width);
                mergeNumbers(s, source, target, from, middle, Math.min(n, from + 2 * width));
            }
            double[] swap = source;
            source = target;
            target = swap;
            home = !home;
        }
        if (!home) {
            System.arraycopy(source, 0, d, 0, n);
        }
    }

    private static void mergeNumbers(
            LuaState s, double[] source, double[] target, int from, int middle, int to) {
        int a = from;
        int b = middle;
        for (int i = from; i < to; i++) {
            if (a < middle && (b >= to || source[a] <= source[b])) {
                target[i] = source[a++];
            } else {
                target[i] = source[b++];
            }
            if ((i & (BLOCK - 1)) == 0) {
                s.check(BLOCK);
            }
        }
    }

    /// What comes before what.
    private sealed interface Order {
        boolean before(LuaState s, double a, Object ao, double b, Object bo);

        record Text() implements Order {
            @Override
            public boolean before(LuaState s, double a, Object ao, double b, Object bo) {
                return ((LuaString) ao).compareTo((LuaString) bo) < 0;
            }
        }

        record Natural() implements Order {
            @Override
            public boolean before(LuaState s, double a, Object ao, double b, Object bo) {
                return Comparison.less(s, a, ao, b, bo);
            }
        }

        record Custom(LuaFunction function) implements Order {
            @Override
            public boolean before(LuaState s, double a, Object ao, double b, Object bo) {
                double r = s.first(function.call(s, a, ao, b, bo));
                return LuaValues.isTrue(r, s.out);
            }
        }
    }

    /// A bottom-up merge sort of pairs.
    private static final class Merge implements MemoryWalk.Visited {
        private final LuaState s;
        private final Order order;
        private final int n;
        private double[] d;
        private Object[] o;
        private double[] d2;
        private Object[] o2;
        private int comparisons;

        Merge(LuaState s, double[] d, Object[] o, Order order) {
            this.s = s;
            this.order = order;
            this.n = d.length;
            this.d = d;
            this.o = o;
            this.d2 = new double[n];
            this.o2 = new Object[n];
        }

        @Override
        public long visit(MemoryWalk walk) {
            for (Object each : o) {
                walk.see(each);
            }
            return (long) n * BYTES_PER_VALUE;
        }

        void run() {
            double[] first = d;
            Object[] firstObjects = o;
            boolean home = true;
            for (int from = 0; from < n; from += RUN) {
                insertion(from, Math.min(n, from + RUN));
            }
            for (int width = RUN; width < n; width *= 2) {
                for (int from = 0; from < n; from += 2 * width) {
                    merge(from, Math.min(n, from + width), Math.min(n, from + 2 * width));
                }
                swap();
                home = !home;
            }
            if (!home) {
                System.arraycopy(d, 0, first, 0, n);
                System.arraycopy(o, 0, firstObjects, 0, n);
            }
        }

        private void swap() {
            double[] dx = d;
            d = d2;
            d2 = dx;
            Object[] ox = o;
            o = o2;
            o2 = ox;
        }

        private boolean before(double a, Object ao, double b, Object bo) {
            if ((++comparisons & (BLOCK / 4 - 1)) == 0) {
                s.check(BLOCK / 4);
            }
            return order.before(s, a, ao, b, bo);
        }

        private void insertion(int from, int to) {
            for (int i = from + 1; i < to; i++) {
                double x = d[i];
                Object xo = o[i];
                int j = i;
                while (j > from && before(x, xo, d[j - 1], o[j - 1])) {
                    d[j] = d[j - 1];
                    o[j] = o[j - 1];
                    j--;
                }
                d[j] = x;
                o[j] = xo;
            }
        }

        private void merge(int from, int middle, int to) {
            int a = from;
            int b = middle;
            int i = from;
            if (middle < to && !before(d[middle], o[middle], d[middle - 1], o[middle - 1])) {
                copy(from, to, i);
                return;
            }
            while (a < middle && b < to) {
                int taken = before(d[b], o[b], d[a], o[a]) ? b++ : a++;
                d2[i] = d[taken];
                o2[i++] = o[taken];
            }
            i = copy(a, middle, i);
            copy(b, to, i);
        }

        private int copy(int from, int to, int at) {
            System.arraycopy(d, from, d2, at, to - from);
            System.arraycopy(o, from, o2, at, to - from);
            return at + to - from;
        }
    }
}
