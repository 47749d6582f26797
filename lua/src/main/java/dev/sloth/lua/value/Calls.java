package dev.sloth.lua.value;

/// Calls of any value, `__call` included.
public final class Calls {
    private Calls() {}

    /// Calls the value; results as [LuaFunction] says.
    public static double call(LuaState s, double f, Object fo, double[] d, Object[] o, int n) {
        if (LuaValues.isObject(f) && fo instanceof LuaFunction function) {
            return function.call(s, d, o, n);
        }
        return called(s, f, fo, d, o, n, Blame.NOBODY);
    }

    /// Calls a metamethod with two operands, and cuts its result to one value.
    public static double binary(
            LuaState s, Object method, double a, Object ao, double b, Object bo) {
        if (method instanceof LuaFunction f) {
            return s.first(f.call(s, a, ao, b, bo));
        }
        double m = method instanceof Double number ? number : LuaValues.TAG;
        return s.first(call(s, m, method, new double[] {a, b}, new Object[] {ao, bo}, 2));
    }

    /// Calls what is not a function, through `__call`; the error names it as `blame` says.
    public static double called(
            LuaState s, double f, Object fo, double[] d, Object[] o, int n, Blame blame) {
        Object handler = Metatables.method(s, f, fo, Metamethod.CALL);
        if (!(handler instanceof LuaFunction function)) {
            throw s.error("attempt to call " + blame.describe(0, f, fo));
        }
        var numbers = new double[n + 1];
        var objects = new Object[n + 1];
        numbers[0] = f;
        objects[0] = fo;
        System.arraycopy(d, 0, numbers, 1, n);
        System.arraycopy(o, 0, objects, 1, n);
        return function.call(s, numbers, objects, n + 1);
    }
}
