package dev.sloth.lua.value;

/// A Lua error: any value, thrown by `error` or by the engine; `pcall` catches it.
public final class LuaError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final double d;
    private final transient Object o;
    private String traceback = "";

    public LuaError(double d, Object o) {
        this.d = d;
        this.o = o;
    }

    /// An error that an exception of the host led to.
    public LuaError(String message, Throwable cause) {
        super(cause);
        this.d = LuaValues.TAG;
        this.o = LuaString.of(message);
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

    /// Who called whom when it was thrown; empty until somebody noted it, as the door does.
    public String traceback() {
        return traceback;
    }

    /// Notes the calls under way, unless somebody nearer has done so.
    public LuaError noting(String calls) {
        if (traceback.isEmpty()) {
            traceback = calls;
        }
        return this;
    }

    /// Costs nothing: what Java was doing tells nothing about a script.
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }

    /// The message, when it is a string or a number; else what kind of value it is.
    @Override
    public String getMessage() {
        if (LuaValues.isNumber(d)) {
            return LuaNumbers.format(d);
        }
        return o instanceof LuaString text
                ? text.toString()
                : "(error object is a " + LuaType.of(d, o) + " value)";
    }
}
