package dev.sloth.lua.lib;

import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.Budget;
import dev.sloth.lua.value.Calls;
import dev.sloth.lua.value.Grants;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.LuaError;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.Multi;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A state whose library functions a test calls by name, with Java values for Lua's: `Double`,
/// `String` (one char a byte), `Boolean`; anything else is handed on as it is.
final class Lab {
    final LuaState state = new LuaState(Budget.DEFAULT);

    Lab() {
        this(Grants.NONE, Surroundings.NOTHING);
    }

    Lab(Grants grants, Surroundings around) {
        Libraries.open(state, grants, around);
    }

    /// All results of `library.function(arguments)`; the error is left to the caller.
    List<Object> call(String path, Object... arguments) {
        return state.fibers().enter(() -> values(apply(lookup(path), arguments)));
    }

    /// The first result.
    Object one(String path, Object... arguments) {
        List<Object> all = call(path, arguments);
        return all.isEmpty() ? LuaNil.NIL : all.getFirst();
    }

    /// The error's message.
    String error(String path, Object... arguments) {
        try {
            return "no error but " + call(path, arguments);
        } catch (LuaError e) {
            return e.getMessage();
        }
    }

    Object lookup(String path) {
        Object at = state.globals();
        for (String name : path.split("\\.", -1)) {
            double d = ((LuaTable) at).getString(state, LuaString.of(name));
            at = LuaValues.isNumber(d) ? (Object) d : state.out;
        }
        return at;
    }

    List<Object> callValue(Object function, Object... arguments) {
        return state.fibers().enter(() -> values(apply(function, arguments)));
    }

    private Multi apply(Object function, Object... arguments) {
        int n = arguments.length;
        double[] d = new double[n];
        Object[] o = new Object[n];
        for (int i = 0; i < n; i++) {
            d[i] = arguments[i] instanceof Number number ? number.doubleValue() : LuaValues.TAG;
            o[i] = arguments[i] instanceof Number ? LuaNil.NIL : lua(arguments[i]);
        }
        return state.all(Calls.call(state, LuaValues.TAG, function, d, o, n));
    }

    static Object lua(Object value) {
        return value instanceof String text ? LuaString.ofBytes(Golden.latin(text)) : value;
    }

    private static List<Object> values(Multi multi) {
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < multi.count; i++) {
            all.add(java(multi.d[i], multi.o[i]));
        }
        return all;
    }

    static Object java(double d, Object o) {
        if (LuaValues.isNumber(d)) {
            return d;
        }
        return o instanceof LuaString text ? Golden.latin(text.bytes()) : o;
    }

    /// A table with these values at 1, 2, 3...
    LuaTable table(Object... values) {
        LuaTable made = new LuaTable();
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof Number number) {
                made.setInt(state, i + 1L, number.doubleValue(), LuaNil.NIL);
            } else {
                made.setInt(state, i + 1L, LuaValues.TAG, lua(values[i]));
            }
        }
        return made;
    }

    List<Object> listed(LuaTable table) {
        List<Object> all = new ArrayList<>();
        for (long i = 1; i <= table.length(); i++) {
            double d = table.getInt(state, i);
            all.add(java(d, state.out));
        }
        return all;
    }

    Object field(LuaTable table, String name) {
        double d = table.getString(state, LuaString.of(name));
        return java(d, state.out);
    }

    /// A function for scripts, from a Java function over its arguments.
    static HostFunction function(Function<List<Object>, Object> body) {
        return new HostFunction("given") {
            @Override
            protected double invoke(LuaState s, Args args) {
                Object result = body.apply(values(args.from(1)));
                return result instanceof Number number ? number.doubleValue() : s.ret(lua(result));
            }
        };
    }
}
