package dev.sloth.lua.syntax;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The tokens of a text, in parallel arrays; the last one is always [Kind#END_OF_TEXT]. What lies
/// between two tokens is blanks and [#comments].
final class Tokens {
    /// How many bytes of a token an error message shows.
    private static final int NEAR_BYTES_MAX = 80;

    private static final int FIRST_CAPACITY = 256;

    /// What a token takes in the arrays.
    private static final long BYTES_PER_TOKEN = 24;

    private static final long BYTES_PER_COMMENT = 56;

    final byte[] text;
    private final Allowance allowance;
    final List<Chunk.Comment> comments = new ArrayList<>();
    int count;
    Kind[] kinds = new Kind[FIRST_CAPACITY];
    int[] from = new int[FIRST_CAPACITY];
    int[] to = new int[FIRST_CAPACITY];
    int[] lines = new int[FIRST_CAPACITY];
    int[] columns = new int[FIRST_CAPACITY];

    /// The identifier of a name, the error of a bad token, empty for others.
    String[] texts = new String[FIRST_CAPACITY];

    Tokens(byte[] text, Allowance allowance) {
        this.text = text;
        this.allowance = allowance;
        allowance.take(FIRST_CAPACITY * BYTES_PER_TOKEN);
    }

    void comment(Span place) {
        allowance.take(BYTES_PER_COMMENT);
        comments.add(new Chunk.Comment(place));
    }

    void add(Kind kind, Span span, String word) {
        add(kind, span.from(), span.to(), span.line(), span.column(), word);
    }

    void add(Kind kind, int start, int end, int line, int column, String word) {
        if (count == kinds.length) {
            grow();
        }
        kinds[count] = kind;
        from[count] = start;
        to[count] = end;
        lines[count] = line;
        columns[count] = column;
        texts[count] = word;
        count++;
    }

    private void grow() {
        int capacity = count * 2;
        allowance.take((capacity - count) * BYTES_PER_TOKEN);
        kinds = Arrays.copyOf(kinds, capacity);
        from = Arrays.copyOf(from, capacity);
        to = Arrays.copyOf(to, capacity);
        lines = Arrays.copyOf(lines, capacity);
        columns = Arrays.copyOf(columns, capacity);
        texts = Arrays.copyOf(texts, capacity);
    }

    Span span(int token) {
        return new Span(from[token], to[token], lines[token], columns[token]);
    }

    /// From the start of one token to the end of another.
    Span span(int first, int last) {
        return new Span(from[first], Math.max(from[first], to[last]), lines[first], columns[first]);
    }

    /// As Lua names a token after "near".
    String near(int token) {
        return switch (kinds[token]) {
            case NAME, NUMBER, STRING -> near(text, from[token], to[token]);
            case UNKNOWN -> unknown(token);
            default -> kinds[token].text;
        };
    }

    private String unknown(int token) {
        int c = text[from[token]];
        return c >= 0 && (c < ' ' || c == 127)
                ? "char(" + c + ")"
                : near(text, from[token], to[token]);
    }

    static String near(byte[] text, int from, int to) {
        int length = Math.min(to - from, NEAR_BYTES_MAX);
        String shown = new String(text, from, length, StandardCharsets.UTF_8);
        return length < to - from ? shown + "..." : shown;
    }
}
