package dev.sloth.lua.vm;

import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.MemoryWalk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A place of a watched script at which it can be stopped: before a statement, a condition, a turn
/// of a loop.
public final class Stop implements MemoryWalk.Visited, Imprint.Constant {
    final Woven.Function function;
    final List<Resolver.Variable> inSight;
    final int site;
    private final String chunk;
    private final int line;
    private final Rank rank;

    /// Which of the stops of a function in one line it is.
    enum Rank {
        /// The first in the text: whoever comes by begins with the line.
        LEADING,

        /// One behind it: whoever comes from another line begins with this one.
        FOLLOWING,

        /// Another turn of a `for`, which has begun before.
        TURN
    }

    Stop(
            Woven.Function function,
            List<Resolver.Variable> inSight,
            int site,
            String chunk,
            int line,
            Rank rank) {
        this.function = function;
        this.inSight = inSight;
        this.site = site;
        this.chunk = chunk;
        this.line = line;
        this.rank = rank;
    }

    /// The script's name as messages show it.
    public String chunk() {
        return chunk;
    }

    public int line() {
        return line;
    }

    /// Notes in the frame that it has come here.
    void reach(Frame f) {
        boolean first = isFirst(f.o[function.slot]);
        f.site = site;
        f.o[function.slot] = this;
        function.observer.before(f.s, f, this, first);
    }

    /// Whether it is what begins first in its line.
    ///
    /// @param before where the call has been last
    private boolean isFirst(@Nullable Object before) {
        return switch (rank) {
            case LEADING -> true;
            case FOLLOWING -> !(before instanceof Stop last && last.line == line);
            case TURN -> false;
        };
    }

    /// Belongs to the compiled script, not to a state.
    @Override
    public long visit(MemoryWalk walk) {
        return 0;
    }
}
