package dev.sloth.lua.value;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lua that a tool runs in a state in the middle of something else, which then goes on as if it had
/// not been: results, steps and depth are as before. It has steps of its own, as many as the budget
/// allows, some calls more than are left, and cannot leave the coroutine that waits.
public final class Interlude {
    private Interlude() {}

    /// Only for whoever has the right to run in the state.
    public static <T> T run(LuaState s, Supplier<T> work) {
        Gauge gauge = s.gauge();
        Object out = s.out;
        LuaCoroutine current = s.current;
        long mark = s.mark();
        s.set(new Gauge(0, gauge.fuel(), gauge.memory()));
        hold(current, true);
        s.extraDepth += Tracebacks.HANDLER_DEPTH;
        s.recompute();
        try {
            return work.get();
        } finally {
            s.unwind(mark);
            s.extraDepth -= Tracebacks.HANDLER_DEPTH;
            s.recompute();
            hold(current, false);
            s.set(new Gauge(gauge.steps(), gauge.fuel(), s.gauge().memory()));
            s.out = out;
        }
    }

    private static void hold(@Nullable LuaCoroutine current, boolean now) {
        if (current != null) {
            current.hold(now);
        }
    }
}
