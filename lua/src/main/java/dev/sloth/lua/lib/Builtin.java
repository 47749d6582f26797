package dev.sloth.lua.lib;

import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.MemoryWalk;
import java.util.List;

/// A library function whose body is a lambda or a method.
final class Builtin extends HostFunction implements MemoryWalk.Visited, Imprint.Constant {
    /// What a library function does.
    @FunctionalInterface
    interface Body {
        double call(LuaState s, Args args);
    }

    private static final long BYTES = 64;

    private final Body body;
    private final List<Object> held;

    /// `held` are the script's values that the body keeps alive; it has no others, and what it
    /// changes besides it notes with [LuaState#leavesTrace].
    Builtin(String name, Body body, Object... held) {
        super(name);
        this.body = body;
        this.held = List.of(held);
    }

    @Override
    public long visit(MemoryWalk walk) {
        held.forEach(walk::see);
        return BYTES;
    }

    @Override
    protected double invoke(LuaState s, Args args) {
        return body.call(s, args);
    }
}
