package dev.sloth.lua.value;

/// `a[b]` and `a[b] = c` on any value, with metamethods.
public final class Indexing {
    /// Metatables that may stand behind one another.
    private static final int CHAIN_MAX = 100;

    private Indexing() {}

    public static double get(LuaState s, double d, Object o, double k, Object ko) {
        return get(s, d, o, k, ko, Blame.NOBODY);
    }

    /// The error, if any, names the object as `blame` says.
    public static double get(LuaState s, double d, Object o, double k, Object ko, Blame blame) {
        double at = d;
        Object object = o;
        for (int i = 0; i < CHAIN_MAX; i++) {
            Object handler;
            if (LuaValues.isObject(at) && object instanceof LuaTable table) {
                double v = table.get(s, k, ko);
                if (LuaValues.isNumber(v) || s.out != LuaNil.NIL || table.metatable() == null) {
                    return v;
                }
                handler = Metatables.method(s, table.metatable(), Metamethod.INDEX);
                if (handler == LuaNil.NIL) {
                    return s.nil();
                }
            } else {
                if (LuaValues.isObject(at) && object instanceof LuaText text) {
                    double v = text.fields().get(s, k, ko);
                    if (LuaValues.isNumber(v) || s.out != LuaNil.NIL) {
                        return v;
                    }
                }
                handler = Metatables.method(s, at, object, Metamethod.INDEX);
                if (handler == LuaNil.NIL) {
                    throw refused(s, at, object, i == 0 ? blame : Blame.NOBODY);
                }
            }
            if (handler instanceof LuaFunction f) {
                boolean left = leaves(s, i, o);
                double v = s.first(f.call(s, at, object, k, ko));
                arrives(s, left);
                return v;
            }
            at = handler instanceof Double number ? number : LuaValues.TAG;
            object = handler;
        }
        throw s.error("loop in gettable");
    }

    public static void set(
            LuaState s, double d, Object o, double k, Object ko, double v, Object vo) {
        set(s, d, o, k, ko, v, vo, Blame.NOBODY);
    }

    public static void set(
            LuaState s, double d, Object o, double k, Object ko, double v, Object vo, Blame blame) {
        double at = d;
        Object object = o;
        for (int i = 0; i < CHAIN_MAX; i++) {
            Object handler;
            if (LuaValues.isObject(at) && object instanceof LuaTable table) {
                handler =
                        table.metatable() == null
                                ? LuaNil.NIL
                                : Metatables.method(s, table.metatable(), Metamethod.NEWINDEX);
                if (handler == LuaNil.NIL
                        || LuaValues.isNumber(table.get(s, k, ko))
                        || s.out != LuaNil.NIL) {
                    table.set(s, k, ko, v, vo);
                    return;
                }
            } else {
                handler = Metatables.method(s, at, object, Metamethod.NEWINDEX);
                if (handler == LuaNil.NIL) {
                    throw refused(s, at, object, i == 0 ? blame : Blame.NOBODY);
                }
            }
            if (handler instanceof LuaFunction f) {
                boolean left = leaves(s, i, o);
                f.call(s, at, object, k, ko, v, vo);
                arrives(s, left);
                return;
            }
            at = handler instanceof Double number ? number : LuaValues.TAG;
            object = handler;
        }
        throw s.error("loop in settable");
    }

    /// Notes the value that is indexed with whoever indexes it, if the function to be called is not
    /// given it but one that stands behind it.
    ///
    /// @param step how many stand between
    /// @return whether it was noted
    private static boolean leaves(LuaState s, int step, Object indexed) {
        if (step == 0 || s.depth == 0 || !(s.stack[s.depth - 1] instanceof Activation by)) {
            return false;
        }
        by.aside(indexed);
        return true;
    }

    private static void arrives(LuaState s, boolean left) {
        if (left) {
            ((Activation) s.stack[s.depth - 1]).aside(null);
        }
    }

    private static LuaError refused(LuaState s, double d, Object o, Blame blame) {
        return s.error("attempt to index " + blame.describe(0, d, o));
    }
}
