package dev.sloth.dsl.bind;

import dev.sloth.api.value.Data;
import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.value.Value;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaString;
import java.util.function.Supplier;

/// Small dealings with a state through its border.
public final class Calling {
    private Calling() {}

    /// Does something in the state, from any thread; whoever else is in it meanwhile waits.
    ///
    /// @throws ScriptFailure when it raised an error, or the state has no memory left for it
    public static <T> T inside(Border border, Supplier<T> work) {
        return Entering.inside(border, work);
    }

    /// A function of the state for the host to call.
    public static Value.Callable callable(Border border, LuaFunction function) {
        return new LiveFunction(border, function);
    }

    /// Data as a live value of the state: its tables are new.
    public static Value fresh(Border border, Value data) {
        return inside(
                border,
                () -> {
                    double d = border.toLua(data);
                    return border.toHost(d, border.state().out);
                });
    }

    public static Value global(Border border, String name) {
        return inside(
                border,
                () -> {
                    var s = border.state();
                    double d = s.globals().getString(s, LuaString.of(name));
                    return border.toHost(d, s.out);
                });
    }

    public static void set(Border border, String global, Value value) {
        var _ =
                inside(
                        border,
                        () -> {
                            var s = border.state();
                            double d = border.toLua(value);
                            s.globals().setString(s, LuaString.of(global), d, s.out);
                            return global;
                        });
    }

    /// A value of the state as data of its own, which is made within the state's memory.
    ///
    /// @throws IllegalArgumentException when it is not data, takes more bytes than `bytesMax` where
    ///   it is written down, or more memory than the state has left
    public static Value data(Border border, Value value, String where, long bytesMax) {
        var taking = new Taking(border);
        try {
            return inside(border, () -> Data.copyOf(value, where, taking, bytesMax));
        } catch (ScriptFailure e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        } finally {
            taking.over();
        }
    }
}
