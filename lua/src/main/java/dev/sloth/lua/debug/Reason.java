package dev.sloth.lua.debug;

import java.util.List;

/// Why a script was stopped.
public sealed interface Reason {
    /// It begins, and somebody wanted to see that.
    record Entry() implements Reason {}

    /// A step is done.
    record Stepped() implements Reason {}

    /// Somebody asked for it.
    record Paused() implements Reason {}

    /// It has come to breakpoints.
    ///
    /// @param trouble what is wrong with the condition of one, or empty
    record Hit(List<Integer> breakpoints, String trouble) implements Reason {
        public Hit {
            breakpoints = List.copyOf(breakpoints);
        }
    }

    /// An error was raised.
    record Raised(String message) implements Reason {}
}
