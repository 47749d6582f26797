package dev.sloth.lua.syntax;

/// A stretch of a text that belongs together: a token, a comment, a line break, or other blanks.
public record Piece(Sort sort, Span span) {

    /// What a piece is.
    public enum Sort {
        /// What some editors write at the start of a text.
        BYTE_ORDER_MARK,
        /// Spaces, tabs and the like, on one line.
        BLANKS,
        /// One end of a line, of one or two bytes.
        LINE_BREAK,
        /// A comment of either form, or the first line when it begins with `#!`.
        COMMENT,
        KEYWORD,
        NAME,
        NUMBER,
        STRING,
        /// An operator or another mark.
        SYMBOL,
        /// What is no token of Lua.
        WRONG;

        /// Whether the parser sees such a piece.
        public boolean isToken() {
            return compareTo(COMMENT) > 0;
        }
    }
}
