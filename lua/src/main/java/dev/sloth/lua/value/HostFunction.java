package dev.sloth.lua.value;

/// A function written in Java: takes its arguments as [Args], whatever the arity of the call.
public abstract class HostFunction extends LuaFunction {
    private final String name;

    protected HostFunction(String name) {
        this.name = name;
    }

    /// The body. Returns as [LuaFunction] says: a number, or what `s.ret(...)` and `s.multi(...)`
    /// give.
    protected abstract double invoke(LuaState s, Args args);

    @Override
    public final String name() {
        return name;
    }

    @Override
    public double call(LuaState s) {
        return invoke(s, new Args(this, new double[0], new Object[0], 0));
    }

    @Override
    public double call(LuaState s, double a, Object ao) {
        return invoke(s, new Args(this, new double[] {a}, new Object[] {ao}, 1));
    }

    @Override
    public double call(LuaState s, double a, Object ao, double b, Object bo) {
        return invoke(s, new Args(this, new double[] {a, b}, new Object[] {ao, bo}, 2));
    }

    @Override
    public double call(LuaState s, double a, Object ao, double b, Object bo, double c, Object co) {
        return invoke(s, new Args(this, new double[] {a, b, c}, new Object[] {ao, bo, co}, 3));
    }

    @Override
    public double call(LuaState s, double[] d, Object[] o, int n) {
        return invoke(s, new Args(this, d, o, n));
    }
}
