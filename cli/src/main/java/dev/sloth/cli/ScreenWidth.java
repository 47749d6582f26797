package dev.sloth.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jline.terminal.TerminalBuilder;

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
        return caller.outTerminal() ? terminal() : DEFAULT;
    }

    /// Of a table; 0, which means any, when nobody looks at it on a screen.
    static int ofTable(Caller caller) {
        return caller.outTerminal() ? of(caller) : 0;
    }

    private static int terminal() {
        try (var terminal =
                TerminalBuilder.builder().system(true).dumb(true).nativeSignals(false).build()) {
            int columns = terminal.getSize().getColumns();
            return columns > 0 ? Math.clamp(columns, MIN, MAX) : DEFAULT;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
