package dev.sloth.lua.lib;

import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.MemoryWalk;
import java.util.function.LongConsumer;

/// What loading one text takes of a state's memory while it lasts.
final class Loading implements LongConsumer, MemoryWalk.Visited {
    /// Bytes taken that one step of the budget pays for.
    private static final int BYTES_PER_STEP = 256;

    private final LuaState state;
    private long bytes;

    Loading(LuaState state) {
        this.state = state;
    }

    @Override
    public void accept(long more) {
        state.check((int) (more / BYTES_PER_STEP));
        state.charge(more);
        bytes += more;
    }

    @Override
    public long visit(MemoryWalk walk) {
        return bytes;
    }
}
