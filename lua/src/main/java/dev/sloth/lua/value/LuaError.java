package dev.sloth.lua.value;

/// A Lua error: any value, thrown by `error` or by the engine; `pcall` catches it.
public final class LuaError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final double d;
    private final transient Object o;

    public LuaError(double d, Object o) {
        super(null, null, false, false);
        this.d = d;
        this.o = o;
    }

    public static LuaError of(String message) {
        return new LuaError(LuaValues.TAG, LuaString.of(message));
    }

    public double d() {
        return d;
    }

    public Object o() {
        return o;
    }

    @Override
    public String getMessage() {
        return LuaValues.isNumber(d) ? Double.toString(d) : String.valueOf(o);
    }
}
