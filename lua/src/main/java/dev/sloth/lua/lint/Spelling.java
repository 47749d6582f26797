package dev.sloth.lua.lint;

import java.util.Collection;

/// Knows what a misspelt word was meant to be.
@FunctionalInterface
public interface Spelling {
    /// Words such as `, did you mean 'print'?` to stand behind a message; empty when no known word
    /// is near.
    String hint(String word, Collection<String> known);
}
