package dev.sloth.lua.syntax;

/// What is wrong with a text, and where. `message` is without position, such as `'end' expected (to
/// close 'if' at line 3) near '<eof>'`.
public record SyntaxError(String message, Span span) {

    /// What to do about it, in a sentence.
    public String remedy() {
        return Remedies.of(message);
    }
}
