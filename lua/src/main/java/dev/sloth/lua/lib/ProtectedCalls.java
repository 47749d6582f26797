package dev.sloth.lua.lib;

import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.Calls;
import dev.sloth.lua.value.LuaError;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.Multi;
import dev.sloth.lua.value.Protected;

/// `pcall` and `xpcall`.
final class ProtectedCalls {
    private ProtectedCalls() {}

    static void open(LuaState s) {
        Shelf.globals(s).add("pcall", ProtectedCalls::pcall).add("xpcall", ProtectedCalls::xpcall);
    }

    private static double pcall(LuaState s, Args args) {
        args.any(1);
        Multi rest = args.from(2);
        return result(s, s.protect(callee(args), rest.d, rest.o, rest.count));
    }

    private static double xpcall(LuaState s, Args args) {
        if (args.count() < 2) {
            throw args.bad(2, "value expected");
        }
        Multi rest = args.from(3);
        LuaFunction handler = callable(args, 2);
        return result(s, s.protect(callee(args), rest.d, rest.o, rest.count, handler));
    }

    private static LuaFunction callee(Args args) {
        return callable(args, 1);
    }

    /// The argument as a function; what is none fails when it is called, not before.
    private static LuaFunction callable(Args args, int i) {
        if (args.o(i) instanceof LuaFunction function) {
            return function;
        }
        double f = args.d(i);
        Object fo = args.o(i);
        return new Builtin(
                "?",
                (s, inner) -> {
                    Multi given = inner.from(1);
                    return Calls.call(s, f, fo, given.d, given.o, given.count);
                });
    }

    private static double result(LuaState s, Protected outcome) {
        return switch (outcome) {
            case Protected.Ok(Multi values) -> succeeded(s, values);
            case Protected.Failed(LuaError error) -> failed(s, error);
        };
    }

    /// `true` and the values.
    static double succeeded(LuaState s, Multi values) {
        int n = values.count;
        double[] d = new double[n + 1];
        Object[] o = new Object[n + 1];
        d[0] = LuaValues.TAG;
        o[0] = true;
        System.arraycopy(values.d, 0, d, 1, n);
        System.arraycopy(values.o, 0, o, 1, n);
        return s.multi(d, o, n + 1);
    }

    /// `false` and the error's value.
    static double failed(LuaState s, LuaError error) {
        return s.multi(new double[] {LuaValues.TAG, error.d()}, new Object[] {false, error.o()}, 2);
    }
}
