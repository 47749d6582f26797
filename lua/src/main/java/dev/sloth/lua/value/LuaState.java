package dev.sloth.lua.value;

/// One world of globals: what a script and its coroutines share, and nothing is shared with any
/// other.
public final class LuaState {
    /// The object half of the latest result; meaningful only right after a call that returned
    /// [LuaValues#TAG].
    public Object out = LuaNil.NIL;

    /// Gives an object back from a host function.
    public double ret(Object o) {
        out = o;
        return LuaValues.TAG;
    }

    public double ret(boolean b) {
        out = b ? Boolean.TRUE : Boolean.FALSE;
        return LuaValues.TAG;
    }

    public double ret(String text) {
        out = LuaString.of(text);
        return LuaValues.TAG;
    }

    /// Gives nothing back.
    public double none() {
        out = Multi.NONE;
        return LuaValues.TAG;
    }

    /// Gives several values back; takes the arrays over.
    public double multi(double[] d, Object[] o, int count) {
        out = new Multi(d, o, count);
        return LuaValues.TAG;
    }

    /// Cuts a call's result to its first value: `s.first(f.call(s))`.
    public double first(double d) {
        if (LuaValues.isObject(d) && out instanceof Multi m) {
            if (m.count == 0) {
                out = LuaNil.NIL;
                return LuaValues.TAG;
            }
            out = m.o[0];
            return m.d[0];
        }
        return d;
    }
}
