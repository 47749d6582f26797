package dev.sloth.lua.lint;

/// Something that checks look for.
///
/// @param name by which comments allow it, such as `unused-local`
/// @param doc what is found, in a sentence
/// @param instead the rule of which findings at the same place are left out, because this one says
///   more; empty when there is none
public record Rule(String name, Severity severity, String doc, String instead) {
    public Rule(String name, Severity severity, String doc) {
        this(name, severity, doc, "");
    }

    /// Something found against this rule.
    ///
    /// @param remedy what to do about it; empty when the message says it all
    public Finding at(dev.sloth.lua.syntax.Span span, String message, String remedy) {
        return new Finding(this, message, remedy, span);
    }
}
