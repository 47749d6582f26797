package dev.sloth.dsl;

import dev.sloth.lua.value.Activation;
import dev.sloth.lua.value.LuaError;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.vm.CompiledScript;
import java.util.function.Function;
import java.util.function.LongConsumer;

/// What a state has to bear of the files that its script imports: their texts, what compiling takes
/// while it lasts, and what was compiled, whoever else uses that. Each is refused as memory that
/// the script asks for is: by an error where it does.
final class Loading {
    /// Bytes taken that one step of the budget pays for, as for `load`.
    private static final int BYTES_PER_STEP = 256;

    private final LuaState s;
    private long texts;
    private long compiling;

    Loading(LuaState s) {
        this.s = s;
    }

    /// What of it is alive and nothing of Lua.
    long bytes() {
        return texts + compiling;
    }

    /// A text that was read and is kept, since places in it are shown.
    void read(byte[] text) {
        charge(text.length);
        texts += text.length;
    }

    CompiledScript compiled(Function<LongConsumer, CompiledScript> compiler) {
        try {
            var script = compiler.apply(this::take);
            charge(script.bytes());
            return script;
        } finally {
            compiling = 0;
        }
    }

    private void take(long more) {
        charge(more);
        compiling += more;
    }

    private void charge(long more) {
        try {
            s.check((int) (more / BYTES_PER_STEP));
            s.charge(more);
        } catch (LuaError e) {
            throw placed(e);
        }
    }

    /// Behind `require` it is two functions of the host that the script has called.
    private LuaError placed(LuaError e) {
        if (!s.where(1).isEmpty()) {
            return e;
        }
        for (int level = 2; level < s.depth; level++) {
            if (s.entry(level) instanceof Activation) {
                return new LuaError(s.where(level) + e.getMessage(), e);
            }
        }
        return e;
    }
}
