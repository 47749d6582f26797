package dev.sloth.core.select;

/// A piece of an expression.
///
/// @param text of a string what is between its quotes
/// @param column of its first character, counted from 1
record Token(Kind kind, String text, int column) {
    enum Kind {
        WORD,
        STRING,
        SIGN,
        END
    }

    boolean is(String word) {
        return (kind == Kind.WORD || kind == Kind.SIGN) && text.equals(word);
    }

    /// For people.
    String shown() {
        return switch (kind) {
            case WORD, SIGN -> "'" + text + "'";
            case STRING -> "the string '" + text + "'";
            case END -> "the end";
        };
    }
}
