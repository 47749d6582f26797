package dev.sloth.plugins.data;

/// Ends the reading of a document from any depth; the door turns it into [Parsed.Bad].
final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    Malformed(String message, int line, int column) {
        super(message);
        this.line = line;
        this.column = column;
    }

    Malformed(String message) {
        this(message, 0, 0);
    }

    Parsed.Bad bad() {
        return new Parsed.Bad(String.valueOf(getMessage()), line, column);
    }
}
