package dev.sloth.lua.vm;

import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.MemoryWalk;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// How many classes there are of one script: they lie outside of the heap for the most part, and
/// last as long as any function of it. Who loaded the script in a state has to bear them there;
/// what a script of the host becomes in other states is nothing that a state could be refused.
final class Promotions implements MemoryWalk.Visited, Imprint.Constant {
    private final boolean borne;
    private final AtomicInteger made = new AtomicInteger();

    /// @param borne whether the script is one state's own
    Promotions(boolean borne) {
        this.borne = borne;
    }

    /// Counts a class if one was made: what is too large for it stays in the tree and takes
    /// nothing.
    <C> Optional<C> counted(Optional<C> promoted) {
        promoted.ifPresent(_ -> made.incrementAndGet());
        return promoted;
    }

    @Override
    public long visit(MemoryWalk walk) {
        return borne ? made.get() * Code.BYTES : 0;
    }
}
