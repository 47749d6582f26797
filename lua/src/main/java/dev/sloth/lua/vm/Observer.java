package dev.sloth.lua.vm;

import dev.sloth.lua.value.LuaError;
import dev.sloth.lua.value.LuaState;
import java.util.SortedSet;

/// Is told what a script does that was compiled to be watched: before each statement, and when an
/// error passes through a function. Calls come on the thread that runs the script, while it has the
/// right to run in the state; whoever keeps them waiting keeps the script waiting.
public interface Observer {
    /// A script was compiled.
    ///
    /// @param lines those at which a statement or a condition begins
    void compiled(String chunk, SortedSet<Integer> lines);

    /// A statement is about to run, a condition to be asked, a loop to take another turn.
    ///
    /// @param first whether it is what begins first in its line each time that the call comes there
    void before(LuaState s, Frame f, Stop stop, boolean first);

    /// An error leaves a function; the calls under way are still on the stack.
    void raised(LuaState s, Frame f, LuaError error);
}
