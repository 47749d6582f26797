package dev.sloth.lua.lib;

import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.LuaState;

/// A library function whose body is a lambda or a method.
final class Builtin extends HostFunction {
    /// What a library function does.
    @FunctionalInterface
    interface Body {
        double call(LuaState s, Args args);
    }

    private final Body body;

    Builtin(String name, Body body) {
        super(name);
        this.body = body;
    }

    @Override
    protected double invoke(LuaState s, Args args) {
        return body.call(s, args);
    }
}
