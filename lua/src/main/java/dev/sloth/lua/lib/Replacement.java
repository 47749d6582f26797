package dev.sloth.lua.lib;

import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.Indexing;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaType;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.Texts;

/// What `gsub` puts in place of a match.
sealed interface Replacement {
    /// Appends what replaces the matcher's latest match, which lies from `start` to `stop`.
    void append(
            LuaState s, ByteBuilder out, Matcher matcher, LuaString subject, int start, int stop);

    /// The replacement that argument `i` of `gsub` names.
    static Replacement of(Args args, int i) {
        if (LuaValues.isNumber(args.d(i))) {
            return new Template(args.string(i));
        }
        return switch (args.o(i)) {
            case LuaString text -> new Template(text);
            case LuaFunction function -> new Call(function);
            case LuaTable table -> new Look(table);
            default -> throw args.bad(i, "string/function/table expected");
        };
    }

    /// A text in which `%1` stands for a capture.
    record Template(LuaString text) implements Replacement {
        @Override
        public void append(
                LuaState s,
                ByteBuilder out,
                Matcher matcher,
                LuaString subject,
                int start,
                int stop) {
            byte[] bytes = text.bytes();
            int plain = 0;
            int i = 0;
            while (i < bytes.length) {
                if (bytes[i] != '%') {
                    i++;
                    continue;
                }
                out.append(bytes, plain, i);
                // a lone % at the end stands for the zero byte that ends a C string
                int c = i + 1 < bytes.length ? bytes[i + 1] : 0;
                i += 2;
                plain = i;
                if (c == '0') {
                    out.append(subject.bytes(), start, stop);
                } else if (ByteClass.isDigit(c)) {
                    double d = matcher.capture(c - '1', start, stop);
                    out.append(Texts.of(s, d, s.out));
                } else {
                    out.append(c);
                }
            }
            out.append(bytes, Math.min(plain, bytes.length), bytes.length);
        }
    }

    /// A function that gets the captures.
    record Call(LuaFunction function) implements Replacement {
        @Override
        public void append(
                LuaState s,
                ByteBuilder out,
                Matcher matcher,
                LuaString subject,
                int start,
                int stop) {
            double r;
            if (matcher.results() == 1) {
                double d = matcher.capture(0, start, stop);
                r = function.call(s, d, LuaValues.isNumber(d) ? LuaNil.NIL : s.out);
            } else {
                int n = matcher.results();
                double[] d = new double[n];
                Object[] o = new Object[n];
                matcher.fill(d, o, 0, n, start);
                r = function.call(s, d, o, n);
            }
            insert(s, out, s.first(r), subject, start, stop);
        }
    }

    /// A table that is asked for the first capture.
    record Look(LuaTable table) implements Replacement {
        @Override
        public void append(
                LuaState s,
                ByteBuilder out,
                Matcher matcher,
                LuaString subject,
                int start,
                int stop) {
            double k = matcher.capture(0, start, stop);
            Object ko = LuaValues.isNumber(k) ? LuaNil.NIL : s.out;
            double r = Indexing.get(s, LuaValues.TAG, table, k, ko);
            insert(s, out, r, subject, start, stop);
        }
    }

    private static void insert(
            LuaState s, ByteBuilder out, double d, LuaString subject, int start, int stop) {
        if (LuaValues.isNumber(d)) {
            out.append(Texts.of(s, d, LuaNil.NIL));
            return;
        }
        Object o = s.out;
        if (!LuaValues.isTrue(d, o)) {
            out.append(subject.bytes(), start, stop);
        } else if (o instanceof LuaString text) {
            out.append(text);
        } else {
            throw s.error("invalid replacement value (a " + LuaType.of(d, o) + ")");
        }
    }
}
