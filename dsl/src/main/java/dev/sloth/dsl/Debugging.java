package dev.sloth.dsl;

import dev.sloth.lua.debug.Debugger;
import dev.sloth.lua.hot.Hot;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.vm.Compilation;
import dev.sloth.lua.vm.Compiler;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// Whether scripts are compiled for a debugger.
record Debugging(Optional<Debugger> debugger) {
    static final Debugging OFF = new Debugging(Optional.empty());

    Compilation compile(String name, byte[] text) {
        return debugger.map(d -> Compiler.compile(name, text, d.observer()))
                .orElseGet(() -> Compiler.compile(name, text, Hot.CLASSES));
    }

    /// A state in which scripts will run.
    void begun(LuaState s, Supplier<String> name) {
        debugger.ifPresent(d -> d.name(s, name));
    }

    void ended(LuaState s) {
        debugger.ifPresent(d -> d.forget(s));
    }

    /// How long scripts were stopped until now.
    Duration stoodStill() {
        return debugger.map(Debugger::stoodStill).orElse(Duration.ZERO);
    }
}
