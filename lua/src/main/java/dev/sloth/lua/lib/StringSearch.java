package dev.sloth.lua.lib;

import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.MemoryWalk;

/// `find`, `match`, `gmatch` and `gsub`.
final class StringSearch {
    private static final String SPECIALS = "^$*+?.([%-";

    private StringSearch() {}

    static double find(LuaState s, Args args) {
        return search(s, args, true);
    }

    static double match(LuaState s, Args args) {
        return search(s, args, false);
    }

    private static double search(LuaState s, Args args, boolean find) {
        LuaString subject = args.string(1);
        LuaString source = args.string(2);
        int init = start(subject, args.optInteger(3, 1));
        if (find && (args.isTrue(4) || isPlain(source))) {
            return plain(s, subject, source, init);
        }
        Matcher matcher = new Matcher(s, compiled(s, source), subject);
        int at = matcher.find(init);
        if (at < 0) {
            return s.ret(LuaNil.NIL);
        }
        if (!find) {
            return matcher.captures(at, matcher.matchEnd());
        }
        int n = 2 + matcher.captures();
        double[] d = new double[n];
        Object[] o = new Object[n];
        d[0] = at + 1.0;
        o[0] = LuaNil.NIL;
        d[1] = matcher.matchEnd();
        o[1] = LuaNil.NIL;
        matcher.fill(d, o, 2, matcher.captures(), at);
        return s.multi(d, o, n);
    }

    private static Pattern compiled(LuaState s, LuaString source) {
        return Own.of(s).patterns().of(source, true);
    }

    private static int start(LuaString subject, long init) {
        long at = init < 0 ? init + subject.length() : init - 1;
        return Math.clamp(at, 0, subject.length());
    }

    private static boolean isPlain(LuaString source) {
        for (int i = 0; i < source.length(); i++) {
            if (SPECIALS.indexOf(source.at(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static double plain(LuaState s, LuaString subject, LuaString wanted, int init) {
        int at = ByteSearch.indexOf(s, subject.bytes(), wanted.bytes(), init);
        if (at < 0) {
            return s.ret(LuaNil.NIL);
        }
        return s.multi(
                new double[] {at + 1.0, at + wanted.length()},
                new Object[] {LuaNil.NIL, LuaNil.NIL},
                2);
    }

    static double gmatch(LuaState s, Args args) {
        LuaString subject = args.string(1);
        s.charge(Matches.BYTES);
        return s.ret(
                new Matches(
                        new Matcher(s, Own.of(s).patterns().of(args.string(2), false), subject),
                        subject));
    }

    /// The iterator that `gmatch` gives.
    private static final class Matches extends HostFunction implements MemoryWalk.Visited {
        private static final long BYTES = 512;

        private final Matcher matcher;
        private final LuaString subject;
        private final int end;
        private int from;

        Matches(Matcher matcher, LuaString subject) {
            super("for iterator");
            this.matcher = matcher;
            this.subject = subject;
            this.end = subject.length();
        }

        @Override
        public long visit(MemoryWalk walk) {
            walk.see(subject);
            return BYTES;
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            return next(s);
        }

        @Override
        public double call(LuaState s, double a, Object ao, double b, Object bo) {
            return next(s);
        }

        private double next(LuaState s) {
            int at = from > end ? -1 : matcher.find(from);
            if (at < 0) {
                from = end + 1;
                return s.none();
            }
            int stop = matcher.matchEnd();
            from = stop == at ? stop + 1 : stop;
            return matcher.captures(at, stop);
        }
    }

    static double gsub(LuaState s, Args args) {
        LuaString subject = args.string(1);
        LuaString source = args.string(2);
        Replacement replacement = Replacement.of(args, 3);
        long most = args.optInteger(4, subject.length() + 1L);
        Pattern pattern = compiled(s, source);
        Matcher matcher = new Matcher(s, pattern, subject);
        ByteBuilder out = new ByteBuilder(s, Math.min(subject.length(), 1 << 12));
        args.keep(out);
        int end = subject.length();
        int copied = 0;
        int from = 0;
        long count = 0;
        while (count < most && from <= end) {
            int at = matcher.find(from);
            if (at < 0) {
                break;
            }
            int stop = matcher.matchEnd();
            count++;
            out.append(subject.bytes(), copied, at);
            replacement.append(s, out, matcher, subject, at, stop);
            copied = stop;
            from = stop > at ? stop : at + 1;
            if (pattern.anchored) {
                break;
            }
        }
        out.append(subject.bytes(), copied, end);
        LuaString result = count == 0 ? subject : out.toLuaString();
        return s.multi(new double[] {LuaValues.TAG, count}, new Object[] {result, LuaNil.NIL}, 2);
    }
}
