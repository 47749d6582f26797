package dev.sloth.lua.lint;

import dev.sloth.lua.syntax.SyntaxError;
import java.util.List;

/// What came of a look at a script: what was found, or everything that keeps it from being
/// understood.
public sealed interface Linted {
    /// In the order of the text; empty when all is fine.
    record Read(List<Finding> findings) implements Linted {
        public Read {
            findings = List.copyOf(findings);
        }
    }

    /// At least one error, in the order of the text.
    record Wrong(List<SyntaxError> errors) implements Linted {
        public Wrong {
            errors = List.copyOf(errors);
        }
    }
}
