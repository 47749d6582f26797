package dev.sloth.dsl.bind;

import dev.sloth.api.value.ScriptFailure;
import dev.sloth.lua.value.LuaError;
import dev.sloth.lua.value.LuaState;
import java.util.List;
import java.util.function.Supplier;

/// The way of the host into a state, and of errors out of it.
final class Entering {
    private Entering() {}

    /// Does something in a state, from any thread; whoever else is in it meanwhile waits.
    ///
    /// @throws ScriptFailure when it raised an error, or the state has no memory left for it
    static <T> T inside(Border border, Supplier<T> work) {
        LuaState s = border.state();
        return s.fibers()
                .enter(() -> {
                    long mark = s.mark();
                    try {
                        return work.get();
                    } catch (LuaError e) {
                        throw failure(border, e, mark);
                    } catch (StackOverflowError e) {
                        LuaError error = s.stackOverflow();
                        error.initCause(e);
                        throw failure(border, error, mark);
                    }
                });
    }

    private static ScriptFailure failure(Border border, LuaError e, long mark) {
        LuaState s = border.state();
        e.noting(s.traceback(0));
        s.unwind(mark);
        return new ScriptFailure(
                e.getMessage(), border.toHost(e.d(), e.o()), places(e.traceback()), e);
    }

    /// The places of a traceback, innermost first.
    private static List<String> places(String traceback) {
        return traceback
                .lines()
                .skip(1)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
