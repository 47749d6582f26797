package dev.sloth.dsl;

import dev.sloth.lua.debug.Debugger;
import dev.sloth.lua.hot.Hot;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.vm.Compilation;
import dev.sloth.lua.vm.Compiler;
import dev.sloth.lua.vm.Terms;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/// Whether scripts are compiled for a debugger.
record Debugging(Optional<Debugger> debugger) {
    static final Debugging OFF = new Debugging(Optional.empty());

    /// @param taken is told of bytes before compiling takes them, and throws to refuse them
    Compilation compile(String name, byte[] text, LongConsumer taken) {
        var terms =
                debugger.map(d -> Terms.watched(d.observer()))
                        .orElseGet(() -> Terms.of(Hot.CLASSES));
        return Compiler.compile(name, text, terms.telling(taken));
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
