package dev.sloth.lua.value;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who called whom, for tools that look at a state while something in it waits. A coroutine is
/// followed by what resumed it. Only for whoever has the right to run in the state.
public final class CallStack {
    private final List<Level> levels = new ArrayList<>();

    private CallStack() {}

    /// A call under way.
    ///
    /// @param running an [Activation] or a [HostFunction]
    /// @param name as messages put it, without `function`
    /// @param ofCoroutine whether it is the first call of a coroutine
    public record Level(Object running, String name, boolean ofCoroutine) {}

    /// The calls of what runs now, the innermost first.
    public static List<Level> of(LuaState s) {
        return of(s.stack, s.depth, s.current);
    }

    /// The calls of a fiber of the state, the innermost first.
    @SuppressWarnings("ReferenceEquality") // this very fiber
    public static List<Level> of(LuaState s, Fiber fiber) {
        return fiber == s.fibers().running
                ? of(s)
                : of(fiber.context.stack, fiber.context.depth, fiber.context.current);
    }

    /// The calls of a coroutine that does not run, the innermost first.
    public static List<Level> of(LuaCoroutine suspended) {
        var made = new CallStack();
        made.add(suspended.context().stack, suspended.context().depth, true);
        return made.levels;
    }

    /// Everything that runs or waits beside other things in the state, in the order of beginning.
    public static List<Fiber> fibers(LuaState s) {
        return s.fibers().alive();
    }

    private static List<Level> of(Object[] stack, int depth, @Nullable LuaCoroutine current) {
        var made = new CallStack();
        made.add(stack, depth, current != null);
        for (Context by = caller(current); by != null; by = caller(by.current)) {
            made.add(by.stack, by.depth, by.current != null);
        }
        return made.levels;
    }

    private static @Nullable Context caller(@Nullable LuaCoroutine coroutine) {
        return coroutine == null ? null : coroutine.caller();
    }

    private void add(Object[] stack, int depth, boolean ofCoroutine) {
        for (int i = Math.min(depth, stack.length) - 1; i >= 0; i--) {
            Object running = stack[i] instanceof Args call ? call.callee() : stack[i];
            levels.add(new Level(running, name(stack, i), ofCoroutine && i == 0));
        }
    }

    private static String name(Object[] stack, int i) {
        return switch (stack[i]) {
            case Activation a -> {
                boolean called =
                        i > 0
                                && !a.tail()
                                && stack[i - 1] instanceof Activation caller
                                && !caller.calleeName().isEmpty();
                yield called ? ((Activation) stack[i - 1]).calleeName() : a.function().name();
            }
            case Args call -> call.callee().name();
            default -> "?";
        };
    }
}
