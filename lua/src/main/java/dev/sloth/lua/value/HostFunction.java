package dev.sloth.lua.value;

/// A function written in Java: takes its arguments as [Args], whatever the arity of the call.
///
/// A subclass may override one of the `call`s as a shortcut that cannot fail and calls nothing, and
/// leave everything else to `super`: only there the function is entered on the stack that messages
/// and tracebacks read.
public abstract class HostFunction extends LuaFunction {
    private static final double[] NO_NUMBERS = {};
    private static final Object[] NO_OBJECTS = {};

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
        return call(s, NO_NUMBERS, NO_OBJECTS, 0);
    }

    @Override
    public double call(LuaState s, double a, Object ao) {
        return call(s, new double[] {a}, new Object[] {ao}, 1);
    }

    @Override
    public double call(LuaState s, double a, Object ao, double b, Object bo) {
        return call(s, new double[] {a, b}, new Object[] {ao, bo}, 2);
    }

    @Override
    public double call(LuaState s, double a, Object ao, double b, Object bo, double c, Object co) {
        return call(s, new double[] {a, b, c}, new Object[] {ao, bo, co}, 3);
    }

    @Override
    public double call(LuaState s, double[] d, Object[] o, int n) {
        var args = new Args(s, this, d, o, n);
        s.enterHost(args);
        double r = invoke(s, args);
        s.leaveHost();
        return r;
    }
}
