package dev.sloth.lua.format;

import dev.sloth.lua.syntax.Piece;

/// A token or a comment, on its way from where it stood to where it will stand.
///
/// @param text one char for each byte, without what is settled: odd quotes, kinds of line breaks
/// @param breaks how the author parted it from the word before: 0 not, 1 by a line break, 2 by a
///   blank line or more
/// @param starts whether a statement begins with it
/// @param column of a comment, where in its line it stood, in characters
record Word(Piece.Sort sort, String text, int breaks, boolean starts, int column) {
    static final int BLANK_LINE = 2;

    /// A comma that the author left out.
    static final Word COMMA = mark(",");

    /// A mark that is put in.
    static Word mark(String text) {
        return new Word(Piece.Sort.SYMBOL, text, 0, false, 0);
    }

    boolean is(String wanted) {
        return text.equals(wanted) && (sort == Piece.Sort.SYMBOL || sort == Piece.Sort.KEYWORD);
    }

    boolean isComment() {
        return sort == Piece.Sort.COMMENT;
    }

    /// Whether the rest of its line belongs to it.
    boolean endsLine() {
        return isComment() && !isLongComment();
    }

    private boolean isLongComment() {
        return text.startsWith("--") && opensLong(2);
    }

    boolean isLongString() {
        return sort == Piece.Sort.STRING && text.startsWith("[");
    }

    private boolean opensLong(int at) {
        if (at >= text.length() || text.charAt(at) != '[') {
            return false;
        }
        int i = at + 1;
        while (i < text.length() && text.charAt(i) == '=') {
            i++;
        }
        return i < text.length() && text.charAt(i) == '[';
    }

    /// Whether an operand of an expression may end with it, so that what follows is no operand.
    boolean endsOperand() {
        return switch (sort) {
            case NAME, NUMBER, STRING -> true;
            case SYMBOL -> is(")") || is("]") || is("}") || is("...");
            case KEYWORD -> is("end") || is("nil") || is("true") || is("false");
            case BYTE_ORDER_MARK, BLANKS, LINE_BREAK, COMMENT, WRONG -> false;
        };
    }

    boolean opensBracket() {
        return is("(") || is("[") || is("{");
    }

    boolean closesBracket() {
        return is(")") || is("]") || is("}");
    }

    /// Whether a construct that ends with `end` or `until` begins with it; `do` may stand alone or
    /// belong to a loop, which is for others to tell.
    boolean opensConstruct() {
        return is("if") || is("while") || is("for") || is("function") || is("repeat");
    }

    boolean closesBlock() {
        return is("end") || is("until") || is("else") || is("elseif");
    }

    Word withBreaks(int other) {
        return other == breaks ? this : new Word(sort, text, other, starts, column);
    }
}
