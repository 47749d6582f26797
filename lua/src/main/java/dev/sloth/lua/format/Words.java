package dev.sloth.lua.format;

import dev.sloth.lua.syntax.Chunk;
import dev.sloth.lua.syntax.Piece;
import dev.sloth.lua.syntax.Pieces;
import dev.sloth.lua.syntax.Span;
import dev.sloth.lua.syntax.Stat;
import dev.sloth.lua.syntax.TreeWalk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Reads the words of a script.
final class Words {
    private Words() {}

    static List<Word> of(Chunk chunk) {
        BitSet starts = starts(chunk);
        List<Word> words = new ArrayList<>();
        int breaks = 0;
        for (Piece piece : Pieces.of(chunk.text())) {
            if (piece.sort() == Piece.Sort.LINE_BREAK) {
                breaks = Math.min(breaks + 1, Word.BLANK_LINE);
            } else if (piece.sort() == Piece.Sort.COMMENT || piece.sort().isToken()) {
                boolean starting = starts.get(piece.span().from()) && piece.sort().isToken();
                words.add(
                        new Word(
                                piece.sort(),
                                text(chunk, piece),
                                breaks,
                                starting,
                                column(chunk, piece.span())));
                breaks = 0;
            }
        }
        return words;
    }

    /// The offsets at which statements begin.
    private static BitSet starts(Chunk chunk) {
        BitSet starts = new BitSet();
        TreeWalk.over(
                chunk,
                new TreeWalk.Visitor() {
                    @Override
                    public void stat(Stat stat) {
                        starts.set(stat.span().from());
                    }
                });
        return starts;
    }

    private static int column(Chunk chunk, Span span) {
        return width(text(chunk, span.from() - (span.column() - 1), span.from()));
    }

    /// How many characters bytes are, as far as they are UTF-8.
    static int width(CharSequence bytes) {
        return (int) bytes.chars().filter(c -> (c & 0xC0) != 0x80).count();
    }

    private static String text(Chunk chunk, int from, int to) {
        return new String(chunk.text(), from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static String text(Chunk chunk, Piece piece) {
        String text = text(chunk, piece.span().from(), piece.span().to());
        return switch (piece.sort()) {
            case STRING -> quoted(newlines(text));
            case COMMENT -> stripped(newlines(text));
            default -> text;
        };
    }

    /// Each kind of line break within a string or a comment means the same to Lua.
    private static String newlines(String text) {
        if (text.indexOf('\r') < 0) {
            return text;
        }
        StringBuilder settled = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\r' && c != '\n') {
                settled.append(c);
                continue;
            }
            settled.append('\n');
            char next = i + 1 < text.length() ? text.charAt(i + 1) : c;
            if (next != c && (next == '\r' || next == '\n')) {
                i++;
            }
        }
        return settled.toString();
    }

    /// Double quotes, where the text has neither quotes nor escapes that would have to change.
    private static String quoted(String text) {
        boolean plain = text.indexOf('"') < 0 && text.indexOf('\\') < 0;
        return text.startsWith("'") && plain
                ? '"' + text.substring(1, text.length() - 1) + '"'
                : text;
    }

    private static String stripped(String comment) {
        int end = comment.length();
        while (end > 0 && isBlank(comment.charAt(end - 1))) {
            end--;
        }
        return comment.substring(0, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\f' || c == 0x0B;
    }
}
