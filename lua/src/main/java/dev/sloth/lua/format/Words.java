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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads the words of a script.
final class Words {
    /// How many different texts are kept to be used again: most words are there often.
    private static final int SHARED_MAX = 10_000;

    private final Chunk chunk;
    private final BitSet starts;
    private final List<Word> words = new ArrayList<>();
    private final Map<String, String> shared = new HashMap<>();
    private int breaks;

    private Words(Chunk chunk) {
        this.chunk = chunk;
        this.starts = starts(chunk);
    }

    static List<Word> of(Chunk chunk) {
        Words words = new Words(chunk);
        Pieces.each(chunk.text(), words::take);
        return words.words;
    }

    private void take(Piece piece) {
        Span span = piece.span();
        if (piece.sort() == Piece.Sort.LINE_BREAK) {
            breaks = Math.min(breaks + 1, Word.BLANK_LINE);
        } else if (piece.sort() == Piece.Sort.COMMENT) {
            words.add(new Word(piece.sort(), text(piece), breaks, false, column(span)));
            breaks = 0;
        } else if (piece.sort().isToken()) {
            words.add(new Word(piece.sort(), text(piece), breaks, starts.get(span.from()), 0));
            breaks = 0;
        }
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

    private int column(Span span) {
        return width(text(span.from() - (span.column() - 1), span.from()));
    }

    /// How many characters bytes are, as far as they are UTF-8.
    static int width(CharSequence bytes) {
        return (int) bytes.chars().filter(c -> (c & 0xC0) != 0x80).count();
    }

    private String text(int from, int to) {
        return new String(chunk.text(), from, to - from, StandardCharsets.ISO_8859_1);
    }

    private String text(Piece piece) {
        String text = text(piece.span().from(), piece.span().to());
        return switch (piece.sort()) {
            case STRING -> quoted(newlines(text));
            case COMMENT -> stripped(newlines(text));
            default -> shared(text);
        };
    }

    private String shared(String text) {
        String known = shared.get(text);
        if (known != null) {
            return known;
        }
        if (shared.size() < SHARED_MAX) {
            shared.put(text, text);
        }
        return text;
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

    /// Double quotes, where the text has no quotes of either kind.
    private static String quoted(String text) {
        boolean plain = text.indexOf('"') < 0 && text.indexOf('\'', 1) == text.length() - 1;
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
