package dev.sloth.plugins.data;

import dev.sloth.api.value.Value;

/// What came of reading a document.
public sealed interface Parsed {
    /// It was well formed.
    record Good(Value value) implements Parsed {}

    /// It was not; line and column count from 1 and are 0 when the whole text is at fault.
    record Bad(String message, int line, int column) implements Parsed {
        @Override
        public String toString() {
            return line == 0 ? message : line + ":" + column + ": " + message;
        }
    }
}
