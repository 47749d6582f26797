package dev.sloth.lua.syntax;

import java.nio.charset.StandardCharsets;

/// Reads numbers as Lua writes them: decimal with fraction and exponent, or hexadecimal with `0x`,
/// fraction and binary exponent. No sign, no blanks.
public final class Numerals {
    private static final int EXACT_DIGITS_MAX = 15;

    private Numerals() {}

    /// The number, or NaN if this is none: no numeral means NaN.
    public static double read(byte[] text, int from, int to) {
        if (to - from > 2 && text[from] == '0' && (text[from + 1] | 0x20) == 'x') {
            return hexadecimal(text, from + 2, to);
        }
        return to - from <= EXACT_DIGITS_MAX
                ? shortDecimal(text, from, to)
                : decimal(text, from, to);
    }

    /// Few digits and nothing else need no rounding.
    private static double shortDecimal(byte[] text, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return decimal(text, from, to);
            }
            value = value * 10 + digit;
        }
        return from < to ? value : Double.NaN;
    }

    private static double decimal(byte[] text, int from, int to) {
        int whole = skipDigits(text, from, to);
        int i = whole;
        int digits = whole - from;
        if (i < to && text[i] == '.') {
            int fraction = skipDigits(text, i + 1, to);
            digits += fraction - i - 1;
            i = fraction;
        }
        if (digits == 0 || exponentEnd(text, i, to, 'e') != to) {
            return Double.NaN;
        }
        return Double.parseDouble(new String(text, from, to - from, StandardCharsets.US_ASCII));
    }

    private static int skipDigits(byte[] text, int from, int to) {
        int i = from;
        while (i < to && text[i] >= '0' && text[i] <= '9') {
            i++;
        }
        return i;
    }

    /// Where an exponent that may begin here ends; before its letter if it has no digits.
    private static int exponentEnd(byte[] text, int from, int to, char letter) {
        if (from >= to || (text[from] | 0x20) != letter) {
            return from;
        }
        int i = from + 1;
        if (i < to && (text[i] == '+' || text[i] == '-')) {
            i++;
        }
        int end = skipDigits(text, i, to);
        return end == i ? from : end;
    }

    private static double hexadecimal(byte[] text, int from, int to) {
        int whole = skipHexDigits(text, from, to);
        int i = whole;
        int digits = whole - from;
        if (i < to && text[i] == '.') {
            int fraction = skipHexDigits(text, i + 1, to);
            digits += fraction - i - 1;
            i = fraction;
        }
        int end = exponentEnd(text, i, to, 'p');
        if (digits == 0 || end != to) {
            return Double.NaN;
        }
        String number = new String(text, from, to - from, StandardCharsets.US_ASCII);
        return Double.parseDouble("0x" + number + (end == i ? "p0" : ""));
    }

    private static int skipHexDigits(byte[] text, int from, int to) {
        int i = from;
        while (i < to && Character.digit(text[i], 16) >= 0) {
            i++;
        }
        return i;
    }
}
