package dev.sloth.lua.value;

import org.jspecify.annotations.Nullable;

/// What belongs to one line of execution, a coroutine or a fiber, while another runs in the state.
final class Context {
    private static final int STACK_FIRST = 16;

    Object out = LuaNil.NIL;
    Object[] stack = new Object[STACK_FIRST];
    int depth;
    int hostDepth;
    int hopAt = Hop.FRAMES_FIRST;
    int extraDepth;
    @Nullable LuaCoroutine current;
    @Nullable Fiber fiber;

    void save(LuaState s) {
        out = s.out;
        stack = s.stack;
        depth = s.depth;
        hostDepth = s.hostDepth;
        hopAt = s.hopAt;
        extraDepth = s.extraDepth;
        current = s.current;
        fiber = s.fibers().running;
    }

    void load(LuaState s) {
        s.out = out;
        s.stack = stack;
        s.depth = depth;
        s.hostDepth = hostDepth;
        s.hopAt = hopAt;
        s.extraDepth = extraDepth;
        s.current = current;
        s.fibers().running = fiber;
        s.recompute();
    }
}
