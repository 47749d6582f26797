package dev.sloth.lua;

import dev.sloth.lua.lib.Kit;
import dev.sloth.lua.lib.Libraries;
import dev.sloth.lua.lib.Surroundings;
import dev.sloth.lua.value.Budget;
import dev.sloth.lua.value.Grants;
import dev.sloth.lua.value.LuaError;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaKilled;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.Multi;
import dev.sloth.lua.value.Tiering;
import java.util.List;

/// A running Lua: one state, entered by one call of the host at a time, stopped from any thread.
///
/// Close it: suspended coroutines and fibers have threads, which end with it.
public final class Lua implements AutoCloseable {
    private final LuaState s;

    private Lua(LuaState s) {
        this.s = s;
    }

    /// A state without any library.
    public static Lua bare(Budget budget) {
        return bare(budget, Tiering.DEFAULT);
    }

    /// A state without any library.
    ///
    /// @param tiering when what is hot becomes a class
    public static Lua bare(Budget budget, Tiering tiering) {
        return new Lua(new LuaState(budget, tiering));
    }

    /// A state with the standard library, as far as the grants allow, that sees nothing of the
    /// world outside.
    public static Lua newState(Budget budget, Grants grants) {
        return newState(budget, grants, Surroundings.NOTHING);
    }

    /// A state with the standard library, as far as the grants allow.
    public static Lua newState(Budget budget, Grants grants, Surroundings around) {
        Lua lua = bare(budget);
        Libraries.open(lua.s, grants, around);
        return lua;
    }

    /// A state that begins with a kit, and has what the grants allow besides.
    public static Lua newState(Budget budget, Kit kit, Grants grants, Surroundings around) {
        Lua lua = bare(budget);
        kit.open(lua.s, grants, around);
        return lua;
    }

    /// The state itself, for host functions and libraries. While a call is under way in another
    /// thread it must not be touched.
    public LuaState state() {
        return s;
    }

    /// The script as a function of this state.
    public LuaFunction load(Script script) {
        return script.compiled().in(s);
    }

    /// Runs a script from its beginning.
    ///
    /// @return what it returns, as [JavaValues] says
    /// @throws LuaError what it failed with, with its traceback
    /// @throws LuaKilled when it was killed or has used up its steps
    public List<Object> run(Script script, Object... arguments) {
        return call(load(script), arguments);
    }

    /// Calls a function with Java values. Host functions may call back in the same way.
    ///
    /// @return what it returns, as [JavaValues] says
    /// @throws LuaError what it failed with, with its traceback
    /// @throws LuaKilled when it was killed or has used up its steps
    public List<Object> call(LuaFunction function, Object... arguments) {
        return s.fibers()
                .enter(() -> {
                    Multi given = JavaValues.toLua(s, List.of(arguments));
                    return JavaValues.toJava(call(function, given));
                });
    }

    private Multi call(LuaFunction function, Multi arguments) {
        long mark = s.mark();
        try {
            return s.all(function.call(s, arguments.d, arguments.o, arguments.count));
        } catch (LuaError e) {
            e.noting(s.traceback(0));
            s.unwind(mark);
            throw e;
        } catch (StackOverflowError e) {
            LuaError error = s.stackOverflow().noting(s.traceback(0));
            error.initCause(e);
            s.unwind(mark);
            throw error;
        }
    }

    /// Sets a global variable to a Java value.
    public void set(String global, Object value) {
        s.fibers()
                .enter(() -> {
                    double d = JavaValues.toLua(s, value);
                    s.globals().setString(s, LuaString.of(global), d, s.out);
                    return global;
                });
    }

    /// The value of a global variable.
    public Object global(String name) {
        return s.fibers()
                .enter(() -> {
                    double d = s.globals().getString(s, LuaString.of(name));
                    return JavaValues.toJava(d, s.out);
                });
    }

    /// Stops whatever runs in this state, for good and within 50 ms. From any thread; the first
    /// reason counts.
    public void kill(String reason) {
        s.fibers().kill(reason);
    }

    /// Stops whatever runs, and ends the threads of coroutines and fibers.
    @Override
    public void close() {
        s.fibers().close();
    }
}
