package dev.sloth.lua.syntax;

/// A place in a text: byte offsets `from` (included) and `to` (left out), with the line and column
/// (both from 1, columns in bytes) of `from`.
public record Span(int from, int to, int line, int column) {
    /// From the start of one place to the end of another.
    public static Span join(Span first, Span last) {
        return new Span(first.from, last.to, first.line, first.column);
    }
}
