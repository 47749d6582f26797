package dev.sloth.lua.vm;

import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.MemoryWalk;
import java.util.List;

/// A place of a watched script at which it can be stopped: before a statement, a condition, a turn
/// of a loop.
public final class Stop implements MemoryWalk.Visited, Imprint.Constant {
    final Woven.Function function;
    final List<Resolver.Variable> inSight;
    final int site;
    private final String chunk;
    private final int line;
    private final boolean leading;

    Stop(
            Woven.Function function,
            List<Resolver.Variable> inSight,
            int site,
            String chunk,
            int line,
            boolean leading) {
        this.function = function;
        this.inSight = inSight;
        this.site = site;
        this.chunk = chunk;
        this.line = line;
        this.leading = leading;
    }

    /// The script's name as messages show it.
    public String chunk() {
        return chunk;
    }

    public int line() {
        return line;
    }

    /// Whether it is the first one of its function in its line: where whoever comes to the line
    /// comes by.
    public boolean isLeading() {
        return leading;
    }

    /// Notes in the frame that it has come here.
    void reach(Frame f) {
        f.site = site;
        f.o[function.slot] = this;
        function.observer.before(f.s, f, this);
    }

    /// Belongs to the compiled script, not to a state.
    @Override
    public long visit(MemoryWalk walk) {
        return 0;
    }
}
