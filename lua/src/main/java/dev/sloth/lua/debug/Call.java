package dev.sloth.lua.debug;

import dev.sloth.lua.value.Activation;
import dev.sloth.lua.value.CallStack;
import dev.sloth.lua.vm.Frame;
import dev.sloth.lua.vm.Sight;
import java.util.Optional;

/// A call under way in a script that was stopped.
public final class Call {
    private final CallStack.Level level;

    Call(CallStack.Level level) {
        this.level = level;
    }

    /// The function's name.
    public String name() {
        return level.name();
    }

    /// The script's name; empty for a function of the host.
    public String chunk() {
        return level.running() instanceof Activation a ? a.chunk() : "";
    }

    /// The line it is at; 0 for a function of the host.
    public int line() {
        return level.running() instanceof Activation a ? a.line() : 0;
    }

    /// Whether it is the first call of a coroutine: the next one has resumed it.
    public boolean beginsCoroutine() {
        return level.ofCoroutine();
    }

    /// Whether its variables can be seen.
    public boolean isWatched() {
        return sight().isPresent();
    }

    Optional<Sight> sight() {
        return level.running() instanceof Frame f ? Sight.of(f) : Optional.empty();
    }
}
