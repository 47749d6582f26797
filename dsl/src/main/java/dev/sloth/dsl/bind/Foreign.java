package dev.sloth.dsl.bind;

import dev.sloth.api.value.Value;
import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.LuaState;

/// A function of the host, or of another state, that a script may call.
final class Foreign extends HostFunction {
    private final Border border;
    private final Value.Callable callable;

    Foreign(Border border, Value.Callable callable) {
        super("?");
        this.border = border;
        this.callable = callable;
    }

    Value.Callable callable() {
        return callable;
    }

    @Override
    protected double invoke(LuaState s, Args args) {
        s.looksOutside();
        return Crossing.guarded(
                border, name(), () -> border.results(callable.call(border.toHost(args.from(1)))));
    }
}
