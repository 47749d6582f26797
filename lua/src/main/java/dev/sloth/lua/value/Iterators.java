package dev.sloth.lua.value;

/// The two iterators behind `pairs` and `ipairs`. They keep nothing, so all states share them, and
/// the interpreter knows them by identity.
public final class Iterators {
    /// `next`.
    public static final LuaFunction NEXT = new Next();

    /// What `ipairs` returns first.
    public static final LuaFunction INEXT = new IpairsStep();

    private Iterators() {}

    private static final class Next extends HostFunction implements Imprint.Constant {
        Next() {
            super("next");
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            LuaTable table = args.table(1);
            int at = table.nextPosition(table.positionOf(s, args.d(2), args.o(2)));
            if (at < 0) {
                return s.nil();
            }
            double k = table.keyAt(s, at);
            Object ko = s.out;
            double v = table.valueAt(s, at);
            return s.multi(new double[] {k, v}, new Object[] {ko, s.out}, 2);
        }
    }

    private static final class IpairsStep extends HostFunction implements Imprint.Constant {
        IpairsStep() {
            super("ipairs_iterator");
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            long i = args.integer(2) + 1;
            LuaTable table = args.table(1);
            double v = table.getInt(s, i);
            if (LuaValues.isObject(v) && s.out == LuaNil.NIL) {
                return s.none();
            }
            return s.multi(new double[] {i, v}, new Object[] {LuaNil.NIL, s.out}, 2);
        }
    }
}
