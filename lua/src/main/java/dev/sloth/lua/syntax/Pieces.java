package dev.sloth.lua.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Cuts a text into pieces of which nothing is left out: put together they are the text again, byte
/// for byte, whatever the text is. For tools that write texts; the parser takes tokens alone.
public final class Pieces {
    private static final int BYTE_ORDER_MARK_BYTES = 3;

    private final byte[] text;
    private final Consumer<Piece> taker;
    private int at;
    private int line = 1;
    private int lineStart;

    private Pieces(byte[] text, Consumer<Piece> taker) {
        this.text = text;
        this.taker = taker;
    }

    /// The pieces of a text in its order.
    public static List<Piece> of(byte[] text) {
        List<Piece> all = new ArrayList<>();
        each(text, all::add);
        return all;
    }

    /// Gives the pieces of a text in its order, one after the other.
    public static void each(byte[] text, Consumer<Piece> taker) {
        Tokens tokens = Lexer.read(text);
        Pieces pieces = new Pieces(text, taker);
        pieces.mark();
        int comment = 0;
        for (int token = 0; token < tokens.count; token++) {
            while (comment < tokens.comments.size()
                    && tokens.comments.get(comment).span().from() < tokens.from[token]) {
                pieces.add(Piece.Sort.COMMENT, tokens.comments.get(comment++).span());
            }
            pieces.add(sort(tokens.kinds[token]), tokens.span(token));
        }
    }

    /// How many bytes of a text are its byte order mark, which some editors write and which means
    /// nothing.
    public static int mark(byte[] text) {
        boolean marked =
                text.length >= BYTE_ORDER_MARK_BYTES
                        && text[0] == (byte) 0xEF
                        && text[1] == (byte) 0xBB
                        && text[2] == (byte) 0xBF;
        return marked ? BYTE_ORDER_MARK_BYTES : 0;
    }

    private void mark() {
        at = mark(text);
        if (at > 0) {
            taker.accept(new Piece(Piece.Sort.BYTE_ORDER_MARK, new Span(0, at, 1, 1)));
        }
    }

    private void add(Piece.Sort sort, Span span) {
        blanksUpTo(span.from());
        if (span.to() > span.from()) {
            taker.accept(new Piece(sort, span));
        }
        while (at < span.to()) {
            if (!lineBreak()) {
                at++;
            }
        }
    }

    private void blanksUpTo(int end) {
        while (at < end) {
            int start = at;
            int startLine = line;
            int column = at - lineStart + 1;
            boolean breaks = lineBreak();
            while (!breaks && at < end && !isBreak(text[at])) {
                at++;
            }
            taker.accept(
                    new Piece(
                            breaks ? Piece.Sort.LINE_BREAK : Piece.Sort.BLANKS,
                            new Span(start, at, startLine, column)));
        }
    }

    /// Goes behind a line break if there is one here.
    private boolean lineBreak() {
        if (!isBreak(text[at])) {
            return false;
        }
        byte first = text[at++];
        if (at < text.length && isBreak(text[at]) && text[at] != first) {
            at++;
        }
        line++;
        lineStart = at;
        return true;
    }

    private static boolean isBreak(byte c) {
        return c == '\n' || c == '\r';
    }

    private static Piece.Sort sort(Kind kind) {
        return switch (kind) {
            case NAME -> Piece.Sort.NAME;
            case NUMBER -> Piece.Sort.NUMBER;
            case STRING -> Piece.Sort.STRING;
            case END_OF_TEXT, BAD, UNFINISHED, UNKNOWN -> Piece.Sort.WRONG;
            default -> kind.compareTo(Kind.WHILE) <= 0 ? Piece.Sort.KEYWORD : Piece.Sort.SYMBOL;
        };
    }
}
