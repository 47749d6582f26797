package dev.sloth.lua.lint;

/// Something that checks look for.
///
/// @param name by which comments allow it, such as `unused-local`
/// @param doc what is found, in a sentence
public record Rule(String name, Severity severity, String doc) {

    /// Something found against this rule.
    ///
    /// @param remedy what to do about it; empty when the message says it all
    public Finding at(dev.sloth.lua.syntax.Span span, String message, String remedy) {
        return new Finding(this, message, remedy, span);
    }
}
