package dev.sloth.api.workflow;

/// A place in a script: file, line and column, both counted from 1; 0 when not known.
public record Span(String file, int line, int column) {
    /// Nowhere in particular.
    public static final Span NOWHERE = new Span("", 0, 0);

    @Override
    public String toString() {
        if (line == 0) {
            return file;
        }
        return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
    }
}
