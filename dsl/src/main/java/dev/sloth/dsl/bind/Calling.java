package dev.sloth.dsl.bind;

import dev.sloth.api.value.Data;
import dev.sloth.api.value.Value;
import dev.sloth.lua.value.LuaError;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaString;

/// Small dealings with a state through its border.
public final class Calling {
    private Calling() {}

    /// A function of the state for the host to call.
    public static Value.Callable callable(Border border, LuaFunction function) {
        return new LiveFunction(border, function);
    }

    /// Data as a live value of the state: its tables are new.
    public static Value fresh(Border border, Value data) {
        double d = border.toLua(data);
        return border.toHost(d, border.state().out);
    }

    public static Value global(Border border, String name) {
        var s = border.state();
        double d = s.globals().getString(s, LuaString.of(name));
        return border.toHost(d, s.out);
    }

    public static void set(Border border, String global, Value value) {
        var s = border.state();
        double d = border.toLua(value);
        s.globals().setString(s, LuaString.of(global), d, s.out);
    }

    /// A value of the state as data of its own, which is made within the state's memory.
    ///
    /// @throws IllegalArgumentException when it is not data, takes more bytes than `bytesMax` where
    ///   it is written down, or more memory than the state has left
    public static Value data(Border border, Value value, String where, long bytesMax) {
        var taking = new Taking(border);
        try {
            return Data.copyOf(value, where, taking, bytesMax);
        } catch (LuaError e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        } finally {
            taking.over();
        }
    }
}
