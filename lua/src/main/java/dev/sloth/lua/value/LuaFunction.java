package dev.sloth.lua.value;

/// A function that scripts can call, on the unboxed convention.
///
/// Each `call` returns the number half of its result. If that is [LuaValues#TAG], the object half
/// lies in [LuaState#out]. No result or several results are a [Multi] in `out`; sites that want one
/// value ask [LuaState#first].
public abstract class LuaFunction {
    /// For subclasses: functions of the host extend [HostFunction].
    protected LuaFunction() {}

    public abstract double call(LuaState s);

    public abstract double call(LuaState s, double a, Object ao);

    public abstract double call(LuaState s, double a, Object ao, double b, Object bo);

    public abstract double call(
            LuaState s, double a, Object ao, double b, Object bo, double c, Object co);

    /// Any number of arguments: the first `n` pairs of both arrays. The callee may keep neither
    /// array.
    public abstract double call(LuaState s, double[] d, Object[] o, int n);

    /// The name for tracebacks and messages, such as `string.format`; `?` when it has none.
    public abstract String name();

    /// The table of its globals, as `getfenv` says.
    public LuaTable environment(LuaState s) {
        return s.globals();
    }

    /// Gives it other globals; whether that is possible, as it is for functions written in Lua
    /// only.
    public boolean setEnvironment(LuaTable table) {
        return false;
    }
}
