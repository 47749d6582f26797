package dev.sloth.dsl.bind;

import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.value.Value;
import dev.sloth.lua.value.LuaError;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.Multi;
import java.util.List;

/// A function of a script as the host sees it. Two are equal when they are the same function.
final class LiveFunction implements Value.Callable {
    private final Border border;
    private final LuaFunction function;

    LiveFunction(Border border, LuaFunction function) {
        this.border = border;
        this.function = function;
    }

    Border border() {
        return border;
    }

    LuaFunction function() {
        return function;
    }

    @Override
    public List<Value> call(List<Value> arguments) {
        return border.state()
                .fibers()
                .enter(() -> {
                    LuaState s = border.state();
                    long mark = s.mark();
                    Multi given = border.toLua(arguments);
                    try {
                        return border.toHost(
                                s.all(function.call(s, given.d, given.o, given.count)));
                    } catch (LuaError e) {
                        throw Failures.of(border, e, mark);
                    } catch (StackOverflowError e) {
                        throw Failures.of(border, e, mark);
                    }
                });
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // this very function
    public boolean equals(Object other) {
        return other instanceof LiveFunction live && live.function == function;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(function);
    }

    @Override
    public String toString() {
        return function.name();
    }

    /// Errors on their way out of Lua.
    static final class Failures {
        private Failures() {}

        static ScriptFailure of(Border border, StackOverflowError e, long mark) {
            LuaError error = border.state().stackOverflow();
            error.initCause(e);
            return of(border, error, mark);
        }

        static ScriptFailure of(Border border, LuaError e, long mark) {
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
}
