package dev.sloth.lua.vm;

import dev.sloth.lua.value.LuaState;
import java.lang.invoke.MethodHandles;

/// What a hot function has become: a class made of its tree that does the same. A class that is
/// made overrides the call with as many arguments as the function has parameters; all others come
/// through arrays.
public abstract class Code {
    /// About what a class takes, outside of the heap for the most part.
    static final long BYTES = 16 << 10;

    private static final double[] NO_NUMBERS = {};
    private static final Object[] NO_OBJECTS = {};

    /// For classes that are made.
    protected Code() {}

    /// Defines a class in this package that ends with whatever refers to it, and makes the one
    /// instance of it that there is.
    ///
    /// @param constants what it finds as its class data
    /// @throws IllegalStateException when that is not possible
    public static Object instance(byte[] made, Object[] constants) {
        try {
            var there =
                    MethodHandles.lookup().defineHiddenClassWithClassData(made, constants, true);
            return there.lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a class was made that cannot be used", e);
        }
    }

    /// Runs the function with its frame ready. A call that it ends with is left in the frame, and
    /// the frame itself in `s.out`.
    abstract double body(Frame f, double[] d, Object[] o, int n);

    /// How many of the frame's objects the function keeps, for walks over what is alive.
    abstract int objects();

    double call(LuaState s, LuaClosure c) {
        return call(s, c, NO_NUMBERS, NO_OBJECTS, 0);
    }

    double call(LuaState s, LuaClosure c, double a, Object ao) {
        return call(s, c, new double[] {a}, new Object[] {ao}, 1);
    }

    double call(LuaState s, LuaClosure c, double a, Object ao, double b, Object bo) {
        return call(s, c, new double[] {a, b}, new Object[] {ao, bo}, 2);
    }

    double call(
            LuaState s,
            LuaClosure c,
            double a,
            Object ao,
            double b,
            Object bo,
            double e,
            Object eo) {
        return call(s, c, new double[] {a, b, e}, new Object[] {ao, bo, eo}, 3);
    }

    final double elsewhere(LuaState s, LuaClosure c) {
        return s.hop(() -> call(s, c));
    }

    final double elsewhere(LuaState s, LuaClosure c, double a, Object ao) {
        return s.hop(() -> call(s, c, a, ao));
    }

    final double elsewhere(LuaState s, LuaClosure c, double a, Object ao, double b, Object bo) {
        return s.hop(() -> call(s, c, a, ao, b, bo));
    }

    final double elsewhere(
            LuaState s,
            LuaClosure c,
            double a,
            Object ao,
            double b,
            Object bo,
            double e,
            Object eo) {
        return s.hop(() -> call(s, c, a, ao, b, bo, e, eo));
    }

    final double call(LuaState s, LuaClosure c, double[] d, Object[] o, int n) {
        int depth = s.depth;
        if (depth >= s.limit && s.crowded()) {
            return s.hop(() -> call(s, c, d, o, n));
        }
        var f = new Frame(s, c, objects());
        f.keepRest(d, o, n);
        s.stack[depth] = f;
        s.depth = depth + 1;
        if (--s.fuel < 0) {
            s.refuel();
        }
        double r;
        try {
            r = body(f, d, o, n);
            if (Double.isNaN(r) && f.equals(s.out)) {
                r = LuaClosure.tail(f, depth);
            }
        } catch (StackOverflowError _) {
            throw s.stackOverflow();
        }
        s.depth = depth;
        return r;
    }
}
