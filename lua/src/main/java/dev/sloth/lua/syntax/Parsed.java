package dev.sloth.lua.syntax;

import java.util.List;

/// What came of parsing: a chunk, or everything that is wrong.
public sealed interface Parsed {
    record Ok(Chunk chunk) implements Parsed {}

    /// At least one error, in the order of the text. `incomplete` if nothing is wrong but that the
    /// text ends too early: someone who types it in may go on.
    record Bad(List<SyntaxError> errors, boolean incomplete) implements Parsed {
        public Bad {
            errors = List.copyOf(errors);
        }
    }
}
