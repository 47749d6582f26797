package dev.sloth.dsl.bind;

import dev.sloth.api.plugin.Keeper;
import dev.sloth.api.value.Value;
import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.MemoryWalk;

/// A function of the host, or of another state, that a script may call. What it keeps for the
/// script counts as its memory.
final class Foreign extends HostFunction implements MemoryWalk.Visited {
    private static final long BYTES = 48;

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
    public long visit(MemoryWalk walk) {
        if (callable instanceof Keeper keeper) {
            walk.see(keeper);
        }
        return BYTES;
    }

    @Override
    protected double invoke(LuaState s, Args args) {
        s.looksOutside();
        return Crossing.guarded(
                border, name(), () -> border.results(callable.call(border.toHost(args.from(1)))));
    }
}
