package dev.sloth.core.select;

/// An expression that cannot be read.
final class BadExpression extends Exception {
    private static final long serialVersionUID = 1L;

    private final int column;
    private final String remedy;

    /// @param column counted from 1
    BadExpression(int column, String message, String remedy) {
        super(message);
        this.column = column;
        this.remedy = remedy;
    }

    int column() {
        return column;
    }

    String remedy() {
        return remedy;
    }
}
