package dev.sloth.lua.vm;

import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaTable;

/// A compiled script. Immutable: it may run in many states at once.
public final class CompiledScript {
    private final Proto main;

    CompiledScript(Proto main) {
        this.main = main;
    }

    /// The script's name as messages show it.
    public String name() {
        return main.chunk;
    }

    /// About what the compiled text takes.
    public long bytes() {
        return main.bytes();
    }

    /// The script as a function in a state, with the state's globals.
    public LuaFunction in(LuaState s) {
        return in(s.globals());
    }

    /// The script as a function with globals of its own.
    public LuaFunction in(LuaTable globals) {
        return new LuaClosure(main, new Cell[0], globals);
    }
}
