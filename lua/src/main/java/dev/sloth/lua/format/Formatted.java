package dev.sloth.lua.format;

import dev.sloth.lua.syntax.SyntaxError;
import java.util.List;

/// What came of formatting: a text, or everything that keeps the old one from being understood.
public sealed interface Formatted {
    record Done(byte[] text) implements Formatted {}

    /// At least one error, in the order of the text.
    record Wrong(List<SyntaxError> errors) implements Formatted {
        public Wrong {
            errors = List.copyOf(errors);
        }
    }
}
