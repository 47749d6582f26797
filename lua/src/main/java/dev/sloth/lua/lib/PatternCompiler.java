package dev.sloth.lua.lib;

import dev.sloth.lua.value.LuaString;
import java.util.Arrays;

/// Turns the text of a pattern into a [Pattern].
final class PatternCompiler {
    private static final int ESCAPE = '%';

    /// Longer patterns are refused: compiled, they take forty times as many bytes.
    static final int PATTERN_BYTES_MAX = 1 << 20;

    private final byte[] text;
    private int at;
    private int count;
    private int[] ops;
    private int[] arguments;
    private long[] sets;
    private String complaint = "";

    private PatternCompiler(byte[] text) {
        this.text = text;
        int guess = Math.min(text.length + 1, 16);
        this.ops = new int[guess];
        this.arguments = new int[guess];
        this.sets = new long[guess * Pattern.SET_WORDS];
    }

    /// Compiles; a leading `^` is an anchor only where the caller says so (`gmatch` does not).
    static Pattern compile(LuaString source, boolean anchors) {
        PatternCompiler compiler = new PatternCompiler(source.bytes());
        boolean anchored = anchors && source.length() > 0 && source.at(0) == '^';
        compiler.at = anchored ? 1 : 0;
        compiler.items();
        return new Pattern(
                source,
                anchored,
                compiler.ops,
                compiler.arguments,
                compiler.sets,
                compiler.complaint);
    }

    private void items() {
        if (text.length > PATTERN_BYTES_MAX) {
            malformed("pattern too long");
            return;
        }
        while (at < text.length && complaint.isEmpty()) {
            item();
        }
        if (complaint.isEmpty()) {
            emit(Pattern.ACCEPT, 0);
        }
    }

    private int byteAt(int i) {
        return i < text.length ? text[i] & 0xff : -1;
    }

    private void item() {
        switch (byteAt(at)) {
            case '(' -> {
                boolean position = byteAt(at + 1) == ')';
                emit(position ? Pattern.OPEN_POSITION : Pattern.OPEN, 0);
                at += position ? 2 : 1;
            }
            case ')' -> {
                emit(Pattern.CLOSE, 0);
                at++;
            }
            case '$' -> {
                if (at + 1 == text.length) {
                    emit(Pattern.AT_END, 0);
                    at++;
                } else {
                    single();
                }
            }
            case ESCAPE -> escape();
            default -> single();
        }
    }

    private void escape() {
        int c = byteAt(at + 1);
        if (c == 'b') {
            balance();
        } else if (c == 'f') {
            frontier();
        } else if (ByteClass.isDigit(c)) {
            emit(Pattern.BACK_REFERENCE, c - '1');
            at += 2;
        } else {
            single();
        }
    }

    private void balance() {
        if (at + 3 >= text.length) {
            malformed("unbalanced pattern");
            return;
        }
        emit(Pattern.BALANCE, byteAt(at + 2) << 8 | byteAt(at + 3));
        at += 4;
    }

    private void frontier() {
        at += 2;
        if (byteAt(at) != '[') {
            malformed("missing '[' after '%f' in pattern");
            return;
        }
        int end = itemEnd();
        if (end < 0) {
            return;
        }
        emit(Pattern.FRONTIER, 0);
        fillSet(end);
        at = end;
    }

    private void single() {
        int end = itemEnd();
        if (end < 0) {
            return;
        }
        int suffix = byteAt(end);
        int op =
                switch (suffix) {
                    case '*' -> Pattern.STAR;
                    case '+' -> Pattern.PLUS;
                    case '-' -> Pattern.LAZY;
                    case '?' -> Pattern.OPTIONAL;
                    default -> Pattern.SINGLE;
                };
        emit(op, 0);
        fillSet(end);
        at = op == Pattern.SINGLE ? end : end + 1;
    }

    /// Where the single-byte item at `at` ends; -1 after a complaint.
    private int itemEnd() {
        int c = byteAt(at);
        if (c == ESCAPE) {
            if (at + 1 >= text.length) {
                return malformed("malformed pattern (ends with '%')");
            }
            return at + 2;
        }
        return c == '[' ? setEnd() : at + 1;
    }

    private int setEnd() {
        int p = at + 1;
        if (byteAt(p) == '^') {
            p++;
        }
        do {
            if (p >= text.length) {
                return malformed("malformed pattern (missing ']')");
            }
            p += byteAt(p) == ESCAPE && p + 1 < text.length ? 2 : 1;
        } while (byteAt(p) != ']');
        return p + 1;
    }

    private void fillSet(int end) {
        int c = byteAt(at);
        switch (c) {
            case '.' -> addRange(0, 255);
            case ESCAPE -> addClass(byteAt(at + 1));
            case '[' -> fillBrackets(end - 1);
            default -> addRange(c, c);
        }
    }

    private void fillBrackets(int last) {
        int p = at + 1;
        boolean complement = byteAt(p) == '^';
        if (complement) {
            p++;
        }
        while (p < last) {
            int c = byteAt(p);
            if (c == ESCAPE) {
                addClass(byteAt(p + 1));
                p += 2;
            } else if (byteAt(p + 1) == '-' && p + 2 < last) {
                addRange(c, byteAt(p + 2));
                p += 3;
            } else {
                addRange(c, c);
                p++;
            }
        }
        if (complement) {
            int base = (count - 1) * Pattern.SET_WORDS;
            for (int i = 0; i < Pattern.SET_WORDS; i++) {
                sets[base + i] = ~sets[base + i];
            }
        }
    }

    private void addClass(int letter) {
        for (int c = 0; c < 256; c++) {
            if (ByteClass.inClass(c, letter)) {
                addRange(c, c);
            }
        }
    }

    private void addRange(int from, int to) {
        int base = (count - 1) * Pattern.SET_WORDS;
        for (int c = from; c <= to; c++) {
            sets[base + (c >>> 6)] |= 1L << c;
        }
    }

    private int malformed(String message) {
        complaint = message;
        emit(Pattern.MALFORMED, 0);
        return -1;
    }

    private void emit(int op, int argument) {
        if (count == ops.length) {
            ops = Arrays.copyOf(ops, count * 2);
            arguments = Arrays.copyOf(arguments, count * 2);
            sets = Arrays.copyOf(sets, count * 2 * Pattern.SET_WORDS);
        }
        ops[count] = op;
        arguments[count] = argument;
        count++;
    }
}
