package dev.sloth.lua.syntax;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// Turns a string token into its bytes.
final class StringLiteral {
    /// The greatest number that an escape for a code point writes, in up to six bytes.
    private static final long CODE_POINT_MAX = 0x7FFFFFFFL;

    private final byte[] text;
    private final int start;
    private final int end;
    private final ByteArrayOutputStream out;
    private int at;

    /// What is wrong with it, as in `hexadecimal digit expected near '"\x'`; empty if nothing.
    private String problem = "";

    private StringLiteral(byte[] text, int from, int to) {
        this.text = text;
        this.start = from;
        this.at = from + 1;
        this.end = to - 1;
        this.out = new ByteArrayOutputStream(to - from);
    }

    /// Bytes, or what is wrong.
    sealed interface Read {
        record Bytes(byte[] bytes) implements Read {}

        record Wrong(String message) implements Read {}
    }

    static Read read(byte[] text, int from, int to) {
        if (text[from] == '[') {
            return new Read.Bytes(inBrackets(text, from, to));
        }
        if (!has(text, '\\', from + 1, to - 1)) {
            return new Read.Bytes(Arrays.copyOfRange(text, from + 1, to - 1));
        }
        return new StringLiteral(text, from, to).unescape();
    }

    private static boolean has(byte[] text, char wanted, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] == wanted) {
                return true;
            }
        }
        return false;
    }

    /// A first line break is dropped, and each of the four kinds of line break becomes a newline.
    private static byte[] inBrackets(byte[] text, int from, int to) {
        int level = 0;
        while (text[from + 1 + level] == '=') {
            level++;
        }
        int first = from + level + 2;
        int last = to - level - 2;
        first = lineBreak(text, first, last);
        if (!has(text, '\r', first, last)) {
            return Arrays.copyOfRange(text, first, last);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(last - first);
        int i = first;
        while (i < last) {
            int next = lineBreak(text, i, last);
            out.write(next > i ? '\n' : text[i]);
            i = Math.max(next, i + 1);
        }
        return out.toByteArray();
    }

    /// Behind the line break that begins here, or here if none does.
    private static int lineBreak(byte[] text, int at, int end) {
        if (at >= end || (text[at] != '\n' && text[at] != '\r')) {
            return at;
        }
        boolean pair =
                at + 1 < end
                        && (text[at + 1] == '\n' || text[at + 1] == '\r')
                        && text[at + 1] != text[at];
        return pair ? at + 2 : at + 1;
    }

    private Read unescape() {
        while (at < end && problem.isEmpty()) {
            byte c = text[at++];
            if (c == '\\') {
                escape();
            } else {
                out.write(c);
            }
        }
        return problem.isEmpty() ? new Read.Bytes(out.toByteArray()) : new Read.Wrong(problem);
    }

    private void wrong(String what) {
        problem = what + " near '" + Tokens.near(text, start, Math.min(at, end)) + "'";
    }

    private void escape() {
        byte c = text[at++];
        switch (c) {
            case 'a' -> out.write(7);
            case 'b' -> out.write('\b');
            case 'f' -> out.write('\f');
            case 'n' -> out.write('\n');
            case 'r' -> out.write('\r');
            case 't' -> out.write('\t');
            case 'v' -> out.write(11);
            case 'x' -> hexadecimal();
            case 'u' -> codePoint();
            case 'z' -> skipBlanks();
            case '\n', '\r' -> {
                at = lineBreak(text, at - 1, end);
                out.write('\n');
            }
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> decimal(c - '0');
            default -> out.write(c);
        }
    }

    private void decimal(int firstDigit) {
        int value = firstDigit;
        for (int i = 1; i < 3 && at < end && text[at] >= '0' && text[at] <= '9'; i++) {
            value = value * 10 + text[at++] - '0';
        }
        if (value > 255) {
            wrong("escape sequence too large");
            return;
        }
        out.write(value);
    }

    /// The digit here, taken; -1 if there is none.
    private int hexDigit() {
        int digit = at < end ? Character.digit(text[at], 16) : -1;
        if (digit >= 0) {
            at++;
        }
        return digit;
    }

    private void hexadecimal() {
        int high = hexDigit();
        int low = high < 0 ? -1 : hexDigit();
        if (low < 0) {
            at++;
            wrong("hexadecimal digit expected");
            return;
        }
        out.write(high * 16 + low);
    }

    private void codePoint() {
        if (at >= end || text[at++] != '{') {
            wrong("missing '{' in \\u{xxxx}");
            return;
        }
        long value = hexDigit();
        if (value < 0) {
            at++;
            wrong("hexadecimal digit expected");
            return;
        }
        for (int digit = hexDigit(); digit >= 0; digit = hexDigit()) {
            value = value * 16 + digit;
            if (value > CODE_POINT_MAX) {
                wrong("UTF-8 value too large");
                return;
            }
        }
        if (at >= end || text[at++] != '}') {
            wrong("missing '}' in \\u{xxxx}");
            return;
        }
        writeUtf8((int) value);
    }

    /// Like UTF-8, but also for surrogates and for numbers beyond Unicode.
    private void writeUtf8(int value) {
        if (value < 0x80) {
            out.write(value);
            return;
        }
        int followers = 1;
        while (value >= 1L << (followers * 5 + 6)) {
            followers++;
        }
        int mark = (0xFF00 >> (followers + 1)) & 0xFF;
        out.write(mark | (value >> (followers * 6)));
        for (int i = followers - 1; i >= 0; i--) {
            out.write(0x80 | ((value >> (i * 6)) & 0x3F));
        }
    }

    private void skipBlanks() {
        while (at < end && (text[at] == ' ' || (text[at] >= 9 && text[at] <= 13))) {
            at++;
        }
    }
}
