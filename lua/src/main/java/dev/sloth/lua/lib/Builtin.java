package dev.sloth.lua.lib;

import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.LuaState;

/// A library function whose body is a lambda or a method. It keeps no value of a script; what the
/// body changes in a state besides tables and variables it notes with [LuaState#leavesTrace].
final class Builtin extends HostFunction implements Imprint.Constant {
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
