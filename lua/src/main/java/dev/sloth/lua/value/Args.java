package dev.sloth.lua.value;

/// The arguments of one call of a host function, with the checks and messages of Lua's own library.
public final class Args {
    private final LuaFunction callee;
    private final double[] d;
    private final Object[] o;
    private final int count;

    Args(LuaFunction callee, double[] d, Object[] o, int count) {
        this.callee = callee;
        this.d = d;
        this.o = o;
        this.count = count;
    }

    public int count() {
        return count;
    }

    /// The number half of argument `i`, counted from 1; absent arguments are nil.
    public double d(int i) {
        return i <= count ? d[i - 1] : LuaValues.TAG;
    }

    public Object o(int i) {
        return i <= count ? o[i - 1] : LuaNil.NIL;
    }

    public LuaFunction callee() {
        return callee;
    }
}
