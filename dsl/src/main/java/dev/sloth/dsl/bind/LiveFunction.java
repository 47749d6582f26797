package dev.sloth.dsl.bind;

import dev.sloth.api.value.Value;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.Multi;
import java.util.List;

/// A function of a script as the host sees it. Two are equal when they are the same function.
final class LiveFunction implements Value.Callable {
    private final Border border;
    private final LuaFunction function;

    LiveFunction(Border border, LuaFunction function) {
        this.border = border;
        this.function = function;
    }

    Border border() {
        return border;
    }

    LuaFunction function() {
        return function;
    }

    @Override
    public List<Value> call(List<Value> arguments) {
        return Entering.inside(
                border,
                () -> {
                    LuaState s = border.state();
                    Multi given = border.toLua(arguments);
                    return border.toHost(s.all(function.call(s, given.d, given.o, given.count)));
                });
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // this very function
    public boolean equals(Object other) {
        return other instanceof LiveFunction live && live.function == function;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(function);
    }

    @Override
    public String toString() {
        return function.name();
    }
}
