package dev.sloth.lua.lib;

import dev.sloth.lua.value.LuaString;
import java.util.Arrays;
import java.util.Locale;

/// One directive of `string.format`, such as `%-5.2f`, and how it writes a value.
record Directive(
        boolean left,
        boolean plus,
        boolean space,
        boolean alternate,
        boolean zero,
        int width,
        int precision,
        int conversion) {
    /// The precision of a directive that names none.
    static final int UNSET = -1;

    private static final int MANTISSA_NIBBLES = 13;

    void integer(ByteBuilder to, double value) {
        long n = toLong(value);
        String digits = n == Long.MIN_VALUE ? "9223372036854775808" : Long.toString(Math.abs(n));
        whole(to, n < 0 ? "-" : sign(), digits);
    }

    void unsigned(ByteBuilder to, double value) {
        long n = toUnsigned(value);
        switch (conversion) {
            case 'o' -> {
                String digits = Long.toOctalString(n);
                whole(to, "", alternate && n != 0 ? "0" + digits : digits);
            }
            case 'x' -> whole(to, alternate && n != 0 ? "0x" : "", Long.toHexString(n));
            case 'X' ->
                    whole(
                            to,
                            alternate && n != 0 ? "0X" : "",
                            Long.toHexString(n).toUpperCase(Locale.ROOT));
            default -> whole(to, "", Long.toUnsignedString(n));
        }
    }

    private void whole(ByteBuilder to, String prefix, String digits) {
        String shown = precision == 0 && digits.equals("0") ? "" : digits;
        if (alternate && conversion == 'o' && shown.isEmpty()) {
            shown = "0";
        }
        int missing = Math.max(0, precision - shown.length());
        // C: a precision switches the zero flag off
        pad(to, prefix, "0".repeat(missing) + shown, zero && precision == UNSET);
    }

    /// `e E f g G a A`.
    void real(ByteBuilder to, double value) {
        boolean negative = Double.doubleToRawLongBits(value) < 0;
        double magnitude = Math.abs(value);
        if (Double.isNaN(value)) {
            // the sign of a NaN means nothing, and depends on what the processor makes of 0/0
            pad(to, sign(), cased("nan"), false);
        } else if (Double.isInfinite(value)) {
            pad(to, negative ? "-" : sign(), cased("inf"), false);
        } else if (lowered() == 'a') {
            pad(to, (negative ? "-" : sign()) + cased("0x"), cased(hexadecimal(magnitude)), zero);
        } else {
            pad(to, negative ? "-" : sign(), cased(decimal(magnitude)), zero);
        }
    }

    private String decimal(double magnitude) {
        StringBuilder text = new StringBuilder();
        int places = precision == UNSET ? 6 : precision;
        switch (lowered()) {
            case 'f' -> Digits.fixed(magnitude, places).appendFixed(text, places, alternate);
            case 'e' ->
                    Digits.significant(magnitude, places + 1)
                            .appendScientific(text, places, alternate);
            default -> {
                int count = Math.max(1, places);
                Digits.significant(magnitude, count).appendShorter(text, count, alternate);
            }
        }
        return text.toString();
    }

    private String hexadecimal(double magnitude) {
        long bits = Double.doubleToRawLongBits(magnitude);
        long mantissa = bits & 0xf_ffff_ffff_ffffL;
        int raw = (int) (bits >>> 52);
        long lead = raw == 0 ? 0 : 1;
        int exponent = magnitude == 0 ? 0 : Math.max(raw, 1) - 1023;
        int places = MANTISSA_NIBBLES;
        long all = lead << 52 | mantissa;
        if (precision != UNSET && precision < MANTISSA_NIBBLES) {
            int dropped = 4 * (MANTISSA_NIBBLES - precision);
            long half = 1L << (dropped - 1);
            long rest = all & ((1L << dropped) - 1);
            all >>>= dropped;
            if (rest > half || (rest == half && (all & 1) == 1)) {
                all++;
            }
            places = precision;
        }
        String digits = places == 0 ? "" : Long.toHexString(all & ((1L << (4 * places)) - 1));
        String fraction = "0".repeat(places - digits.length()) + digits;
        if (precision == UNSET) {
            fraction = withoutTrailingZeros(fraction);
        } else {
            fraction += "0".repeat(Math.max(0, precision - places));
        }
        String point = fraction.isEmpty() && !alternate ? "" : ".";
        return (all >>> (4 * places))
                + point
                + fraction
                + (exponent < 0 ? "p-" : "p+")
                + Math.abs(exponent);
    }

    private static String withoutTrailingZeros(String digits) {
        int n = digits.length();
        while (n > 0 && digits.charAt(n - 1) == '0') {
            n--;
        }
        return digits.substring(0, n);
    }

    void character(ByteBuilder to, int c) {
        padBytes(to, new byte[] {(byte) c}, 1);
    }

    void text(ByteBuilder to, LuaString text) {
        int length = precision == UNSET ? text.length() : Math.min(precision, text.length());
        padBytes(to, text.bytes(), length);
    }

    private String sign() {
        if (plus) {
            return "+";
        }
        return space ? " " : "";
    }

    private int lowered() {
        return ByteClass.lower(conversion);
    }

    private String cased(String text) {
        return ByteClass.isUpper(conversion) ? text.toUpperCase(Locale.ROOT) : text;
    }

    private void pad(ByteBuilder to, String prefix, String body, boolean zeros) {
        int missing = Math.max(0, width - prefix.length() - body.length());
        String padded;
        if (left) {
            padded = prefix + body + " ".repeat(missing);
        } else if (zeros) {
            padded = prefix + "0".repeat(missing) + body;
        } else {
            padded = " ".repeat(missing) + prefix + body;
        }
        to.append(padded);
    }

    private void padBytes(ByteBuilder to, byte[] bytes, int length) {
        byte[] blanks = new byte[Math.max(0, width - length)];
        Arrays.fill(blanks, (byte) ' ');
        if (!left) {
            to.append(blanks, 0, blanks.length);
        }
        to.append(bytes, 0, length);
        if (left) {
            to.append(blanks, 0, blanks.length);
        }
    }

    /// As C's cast on the usual machines: what does not fit becomes the least number.
    static long toLong(double value) {
        return value >= -0x1p63 && value < 0x1p63 ? (long) value : Long.MIN_VALUE;
    }

    private static long toUnsigned(double value) {
        return value >= 0x1p63 && value < 0x1p64
                ? (long) (value - 0x1p63) + Long.MIN_VALUE
                : toLong(value);
    }
}
