package dev.sloth.lua.lib;

import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaType;
import dev.sloth.lua.value.LuaValues;
import java.util.Arrays;

/// The `string` table, which is also what methods of strings are looked up in.
final class StringLibrary {
    /// Values that one call of `byte` may give back.
    static final int BYTES_RETURNED_MAX = 1_000_000;

    /// Known as `gfind` too.
    private static final HostFunction GMATCH = new Builtin("gmatch", StringSearch::gmatch);

    private StringLibrary() {}

    static void open(LuaState s) {
        LuaTable table =
                Shelf.library(s, "string", 20)
                        .add(new ByteOf())
                        .add("char", StringLibrary::character)
                        .add("dump", StringLibrary::dump)
                        .add("find", StringSearch::find)
                        .add("format", StringFormat::format)
                        .set("gfind", GMATCH)
                        .add(GMATCH)
                        .add("gsub", StringSearch::gsub)
                        .add("len", (_, args) -> args.string(1).length())
                        .add("lower", (z, args) -> z.ret(mapped(z, args.string(1), false)))
                        .add("match", StringSearch::match)
                        .add("rep", StringLibrary::repeat)
                        .add("reverse", StringLibrary::reverse)
                        .add(new Sub())
                        .add("upper", (z, args) -> z.ret(mapped(z, args.string(1), true)))
                        .table();
        s.setTypeMetatable(LuaType.STRING, Shelf.of(s, 1).set("__index", table).table());
    }

    /// A place counted from 1, or backwards from -1: `length + 1 + place` then.
    static long place(long place, int length) {
        return place >= 0 ? place : Math.max(0, place + length + 1);
    }

    private static LuaString slice(LuaState s, LuaString text, long from, long to) {
        long start = Math.max(1, place(from, text.length()));
        long end = Math.min(text.length(), place(to, text.length()));
        if (start > end) {
            return LuaString.EMPTY;
        }
        s.charge(end - start + 1);
        return text.slice((int) start - 1, (int) end);
    }

    /// `sub`, called often enough to go without [Args].
    private static final class Sub extends HostFunction implements Imprint.Constant {
        Sub() {
            super("sub");
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            return s.ret(slice(s, args.string(1), args.integer(2), args.optInteger(3, -1)));
        }

        @Override
        public double call(
                LuaState s, double a, Object ao, double b, Object bo, double c, Object co) {
            if (LuaValues.isObject(a)
                    && ao instanceof LuaString text
                    && LuaValues.isNumber(b)
                    && LuaValues.isNumber(c)) {
                return s.ret(slice(s, text, (long) b, (long) c));
            }
            return super.call(s, a, ao, b, bo, c, co);
        }
    }

    /// `byte`, likewise.
    private static final class ByteOf extends HostFunction implements Imprint.Constant {
        ByteOf() {
            super("byte");
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            LuaString text = args.string(1);
            long first = place(args.optInteger(2, 1), text.length());
            long last = place(args.optInteger(3, first), text.length());
            long from = Math.max(1, first);
            long to = Math.min(text.length(), last);
            if (from > to) {
                return s.none();
            }
            int n = (int) (to - from + 1);
            if (n == 1) {
                return text.at((int) from - 1);
            }
            if (n > BYTES_RETURNED_MAX) {
                throw s.error("string slice too long");
            }
            s.charge(n * 16L);
            double[] d = new double[n];
            Object[] o = new Object[n];
            Arrays.fill(o, LuaNil.NIL);
            for (int i = 0; i < n; i++) {
                d[i] = text.at((int) from - 1 + i);
            }
            return s.multi(d, o, n);
        }

        @Override
        public double call(LuaState s, double a, Object ao, double b, Object bo) {
            if (LuaValues.isObject(a)
                    && ao instanceof LuaString text
                    && b >= 1
                    && b <= text.length()) {
                return text.at((int) b - 1);
            }
            return super.call(s, a, ao, b, bo);
        }
    }

    private static double character(LuaState s, Args args) {
        int n = args.count();
        byte[] bytes = new byte[n];
        for (int i = 1; i <= n; i++) {
            long c = args.integer(i);
            if (c < 0 || c > 255) {
                throw args.bad(i, "invalid value");
            }
            bytes[i - 1] = (byte) c;
        }
        s.charge(n);
        return s.ret(LuaString.ofBytes(bytes));
    }

    private static double dump(LuaState s, Args args) {
        args.function(1);
        throw s.error("unable to dump given function");
    }

    private static double repeat(LuaState s, Args args) {
        LuaString text = args.string(1);
        long n = args.integer(2);
        LuaString separator = args.optString(3, LuaString.EMPTY);
        if (n <= 0) {
            return s.ret(LuaString.EMPTY);
        }
        long unit = (long) text.length() + separator.length();
        if (unit == 0) {
            return s.ret(LuaString.EMPTY);
        }
        // neither product can overflow: a unit has at most 2^32 bytes
        long total = n > Integer.MAX_VALUE ? Long.MAX_VALUE : unit * n - separator.length();
        ByteBuilder out = ByteBuilder.ofLength(s, total);
        out.append(text);
        if (n > 1) {
            out.append(separator).repeat((int) unit, (int) total);
        }
        return s.ret(out.toLuaString());
    }

    private static double reverse(LuaState s, Args args) {
        LuaString text = args.string(1);
        int n = text.length();
        ByteBuilder out = ByteBuilder.ofLength(s, n);
        for (int i = n - 1; i >= 0; i--) {
            out.append(text.at(i));
        }
        return s.ret(out.toLuaString());
    }

    private static LuaString mapped(LuaState s, LuaString text, boolean upper) {
        ByteBuilder out = ByteBuilder.ofLength(s, text.length());
        for (int i = 0; i < text.length(); i++) {
            int c = text.at(i);
            out.append(upper ? ByteClass.upper(c) : ByteClass.lower(c));
        }
        return out.toLuaString();
    }
}
