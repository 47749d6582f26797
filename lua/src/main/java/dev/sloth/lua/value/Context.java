package dev.sloth.lua.value;

import org.jspecify.annotations.Nullable;

/// What belongs to one line of execution, a coroutine or a fiber, while another runs in the state.
final class Context {
    private static final int STACK_FIRST = 16;

    Object out = LuaNil.NIL;
    Object[] stack;
    int depth;
    int hostDepth;
    int hopAt = Hop.FRAMES_FIRST;
    int extraDepth;
    @Nullable LuaCoroutine current;
    Hop.@Nullable Trip trip;
    @Nullable Fiber fiber;

    /// Of something about to begin.
    Context() {
        this(new Object[STACK_FIRST]);
    }

    /// @param stack what it begins with
    Context(Object[] stack) {
        this.stack = stack;
    }

    void save(LuaState s) {
        out = s.out;
        stack = s.stack;
        depth = s.depth;
        hostDepth = s.hostDepth;
        hopAt = s.hopAt;
        extraDepth = s.extraDepth;
        current = s.current;
        trip = s.trip;
        fiber = s.fibers().running;
    }

    /// Shows a memory walk what it keeps alive.
    void visit(MemoryWalk walk) {
        walk.see(out);
        walk.seeStack(stack, depth);
        walk.see(current);
    }

    void load(LuaState s) {
        s.out = out;
        s.stack = stack;
        s.depth = depth;
        s.hostDepth = hostDepth;
        s.hopAt = hopAt;
        s.extraDepth = extraDepth;
        s.current = current;
        s.trip = trip;
        s.fibers().running = fiber;
        s.recompute();
    }
}
