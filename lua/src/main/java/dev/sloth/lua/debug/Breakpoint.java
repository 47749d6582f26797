package dev.sloth.lua.debug;

import java.util.OptionalInt;

/// Where somebody wants a script to stop.
///
/// @param line at which; if no statement begins there, at the next one where one does
/// @param condition a Lua expression; empty to stop always
/// @param hits at which of its hits, such as `5`, `>= 5` or `% 5`; empty for each
/// @param log what is told instead of stopping, with Lua expressions in braces; empty to stop
public record Breakpoint(int line, String condition, String hits, String log) {
    /// One that always stops.
    public static Breakpoint at(int line) {
        return new Breakpoint(line, "", "", "");
    }

    /// The same with a condition.
    public Breakpoint when(String expression) {
        return new Breakpoint(line, expression, hits, log);
    }

    /// What became of it.
    ///
    /// @param id of the breakpoint, the same as long as it stands
    /// @param chunk the script's name
    /// @param line where it stops; empty when it does not
    /// @param why it does not stop, or not yet
    public record Placed(int id, String chunk, OptionalInt line, String why) {}
}
