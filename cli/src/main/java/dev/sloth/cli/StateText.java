package dev.sloth.cli;

import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Took;
import java.time.Duration;

/// Shared values as people read them.
final class StateText {
    private static final double MILLIS = 1e3;

    private StateText() {}

    /// Text as it is, byte by byte, but on a terminal without what would move the cursor; anything
    /// else as JSON.
    static void print(Caller caller, Value value) {
        if (!(value instanceof Text text)) {
            caller.print(line(value));
        } else if (caller.outTerminal()) {
            caller.print(text.toString().replaceAll("[\\p{Cntrl}&&[^\n\t]]", "\uFFFD"));
        } else {
            caller.out().write(text.bytes(), 0, text.bytes().length);
            caller.print("");
        }
    }

    /// As JSON on one line.
    static String line(Value value) {
        return new Document().with("", ExactValue.written(value)).onlyField();
    }

    /// How much time is left; `-` for ever.
    static String left(double seconds) {
        return seconds < 0 ? "-" : Took.text(Duration.ofMillis((long) (seconds * MILLIS)));
    }
}
