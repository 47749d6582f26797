package dev.sloth.lua.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Numbers as text, and text as numbers.
public final class LuaNumbers {
    /// Significant digits that `tostring` shows.
    private static final int DIGITS = 14;

    private static final double WHOLE_BELOW = 1e15;

    private static final Pattern HEXADECIMAL_FLOAT =
            Pattern.compile("(\\p{XDigit}+\\.?\\p{XDigit}*|\\.\\p{XDigit}+)([pP][+-]?[0-9]+)?");

    private LuaNumbers() {}

    /// As C's `%.14g` writes it.
    public static String format(double v) {
        if (v == Math.rint(v) && Math.abs(v) < WHOLE_BELOW) {
            return v == 0 && 1 / v < 0 ? "-0" : shortened((long) v, v);
        }
        if (Double.isNaN(v)) {
            return "nan";
        }
        if (Double.isInfinite(v)) {
            return v > 0 ? "inf" : "-inf";
        }
        return general(v);
    }

    private static String shortened(long whole, double v) {
        return Math.abs(whole) < 100_000_000_000_000L ? Long.toString(whole) : general(v);
    }

    private static String general(double v) {
        BigDecimal rounded =
                new BigDecimal(v).round(new MathContext(DIGITS, RoundingMode.HALF_EVEN));
        String digits = rounded.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - rounded.scale();
        digits = stripZeros(digits);
        var text = new StringBuilder(v < 0 ? "-" : "");
        if (exponent < -4 || exponent >= DIGITS) {
            text.append(digits.charAt(0));
            if (digits.length() > 1) {
                text.append('.').append(digits, 1, digits.length());
            }
            text.append('e').append(exponent < 0 ? '-' : '+');
            int size = Math.abs(exponent);
            return text.append(size < 10 ? "0" : "").append(size).toString();
        }
        if (exponent < 0) {
            return text.append("0.").repeat("0", -exponent - 1).append(digits).toString();
        }
        if (digits.length() <= exponent + 1) {
            return text.append(digits).repeat("0", exponent + 1 - digits.length()).toString();
        }
        return text.append(digits, 0, exponent + 1)
                .append('.')
                .append(digits, exponent + 1, digits.length())
                .toString();
    }

    private static String stripZeros(String digits) {
        int end = digits.length();
        while (end > 1 && digits.charAt(end - 1) == '0') {
            end--;
        }
        return digits.substring(0, end);
    }

    public static LuaString text(double v) {
        return LuaString.ofBytes(format(v).getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Bytes of a text that may be a number; what is longer is none.
    public static final int NUMERAL_BYTES_MAX = 1 << 20;

    /// Reads a number, decimal or hexadecimal, with white space around it; [LuaValues#TAG] if it is
    /// none.
    public static double parse(LuaString text) {
        byte[] b = text.bytes();
        if (b.length > NUMERAL_BYTES_MAX) {
            return LuaValues.TAG;
        }
        int from = 0;
        int to = b.length;
        while (from < to && isSpace(b[from])) {
            from++;
        }
        while (to > from && isSpace(b[to - 1])) {
            to--;
        }
        return from == to ? LuaValues.TAG : parse(b, from, to);
    }

    private static double parse(byte[] b, int from, int to) {
        boolean negative = b[from] == '-';
        int i = negative || b[from] == '+' ? from + 1 : from;
        if (to - i > 2 && b[i] == '0' && (b[i + 1] | 0x20) == 'x') {
            double v = hexadecimal(b, i + 2, to);
            return !Double.isNaN(v) && negative ? -v : v;
        }
        if (to - i <= 15 && i < to) {
            long whole = 0;
            int at = i;
            while (at < to && b[at] >= '0' && b[at] <= '9') {
                whole = whole * 10 + (b[at++] - '0');
            }
            if (at == to) {
                return negative ? -(double) whole : whole;
            }
        }
        return isDecimal(b, i, to)
                ? Double.parseDouble(new String(b, from, to - from, StandardCharsets.ISO_8859_1))
                : LuaValues.TAG;
    }

    /// Digits, a point, digits, and an exponent: `Double.parseDouble` would take more than that.
    private static boolean isDecimal(byte[] b, int from, int to) {
        int i = digits(b, from, to);
        int count = i - from;
        if (i < to && b[i] == '.') {
            int end = digits(b, i + 1, to);
            count += end - i - 1;
            i = end;
        }
        if (count == 0) {
            return false;
        }
        if (i < to && (b[i] | 0x20) == 'e') {
            i++;
            if (i < to && (b[i] == '+' || b[i] == '-')) {
                i++;
            }
            int end = digits(b, i, to);
            if (end == i) {
                return false;
            }
            i = end;
        }
        return i == to;
    }

    private static int digits(byte[] b, int from, int to) {
        int i = from;
        while (i < to && b[i] >= '0' && b[i] <= '9') {
            i++;
        }
        return i;
    }

    /// Digits, with a fraction and a binary exponent if there are.
    private static double hexadecimal(byte[] b, int from, int to) {
        double v = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(b[i], 16);
            if (digit < 0) {
                return hexadecimalFloat(b, from, to);
            }
            v = v * 16 + digit;
        }
        return v;
    }

    private static double hexadecimalFloat(byte[] b, int from, int to) {
        String text = new String(b, from, to - from, StandardCharsets.ISO_8859_1);
        if (!HEXADECIMAL_FLOAT.matcher(text).matches()) {
            return LuaValues.TAG;
        }
        boolean exponent = text.indexOf('p') >= 0 || text.indexOf('P') >= 0;
        return Double.parseDouble("0x" + text + (exponent ? "" : "p0"));
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || (b >= 9 && b <= 13);
    }

    /// A pair as a number, with strings read; [LuaValues#TAG] if it is none.
    public static double coerce(double d, Object o) {
        if (LuaValues.isNumber(d)) {
            return d;
        }
        return o instanceof LuaString text ? parse(text) : LuaValues.TAG;
    }
}
