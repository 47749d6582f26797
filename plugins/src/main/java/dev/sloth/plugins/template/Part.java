package dev.sloth.plugins.template;

import java.util.List;

/// A piece of a compiled template.
sealed interface Part {
    record Plain(String text) implements Part {}

    record Show(Lookup lookup) implements Part {}

    record If(Lookup lookup, boolean negated, List<Part> then, List<Part> otherwise)
            implements Part {}

    record For(String name, Lookup list, List<Part> body) implements Part {}

    /// A path and the filters that its value goes through; the place is for messages.
    record Lookup(List<String> path, List<Filter> filters, int line, int column) {}

    /// What is done to a value before it is written.
    sealed interface Filter {
        record Upper() implements Filter {}

        record Lower() implements Filter {}

        record Trim() implements Filter {}

        record Json() implements Filter {}

        record Default(String text) implements Filter {}
    }
}
