package dev.sloth.lua.vm;

import dev.sloth.lua.syntax.SyntaxError;
import java.util.List;

/// What came of compiling: a script, or everything that is wrong with it.
public sealed interface Compilation {
    record Done(CompiledScript script) implements Compilation {}

    record Failed(List<SyntaxError> errors) implements Compilation {
        public Failed {
            errors = List.copyOf(errors);
        }

        /// The first error with its place, as `loadstring` tells it.
        public String message(String chunk) {
            SyntaxError first = errors.getFirst();
            return chunk + ":" + first.span().line() + ": " + first.message();
        }
    }
}
