package dev.sloth.cli;

import dev.sloth.agent.process.TerminalSize;

/// How many columns there are to draw in: what `COLUMNS` says, or the terminal.
final class ScreenWidth {
    /// Of a drawing that goes nowhere in particular.
    private static final int DEFAULT = 80;

    private static final int MIN = 40;
    private static final int MAX = 1_000;

    private ScreenWidth() {}

    /// Of a drawing.
    static int of(Caller caller) {
        var told = caller.environment().getOrDefault("COLUMNS", "");
        if (told.matches("[0-9]{1,4}")) {
            return Math.clamp(Integer.parseInt(told), MIN, MAX);
        }
        return caller.outScreen() ? terminal() : DEFAULT;
    }

    /// Of a table; 0, which means any, when nobody looks at it on a screen.
    static int ofTable(Caller caller) {
        return caller.outScreen() ? of(caller) : 0;
    }

    private static int terminal() {
        return TerminalSize.ask().map(size -> Math.clamp(size.width(), MIN, MAX)).orElse(DEFAULT);
    }
}
