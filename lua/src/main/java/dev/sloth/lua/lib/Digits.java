package dev.sloth.lua.lib;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// A finite double's decimal digits, rounded as C rounds: the exact binary value, half to even.
///
/// The value is `0.d1d2d3... * 10^exponent`. The shortest digits that name the double are enough
/// for most roundings; where they are not (a tie, or more digits than a double promises) the exact
/// value is asked.
final class Digits {
    /// Decimal digits that any normal double carries faithfully.
    private static final int FAITHFUL = 15;

    final String digits;
    final int exponent;

    private Digits(String digits, int exponent) {
        this.digits = digits;
        this.exponent = exponent;
    }

    /// The digits of `magnitude` (not negative) rounded to `precision` places after the point.
    static Digits fixed(double magnitude, int precision) {
        if (magnitude == 0) {
            return new Digits("", 0);
        }
        Digits shortest = shortest(magnitude);
        int wanted = shortest.exponent + precision;
        if (wanted < 0) {
            return new Digits("", 0);
        }
        return shortest.suffices(magnitude, wanted)
                ? shortest.cut(wanted)
                : exact(new BigDecimal(magnitude).setScale(precision, RoundingMode.HALF_EVEN));
    }

    /// The digits of `magnitude` (not negative) rounded to `count` significant ones, at least one.
    static Digits significant(double magnitude, int count) {
        if (magnitude == 0) {
            return new Digits("", 1);
        }
        Digits shortest = shortest(magnitude);
        return shortest.suffices(magnitude, count)
                ? shortest.cut(count)
                : exact(
                        new BigDecimal(magnitude)
                                .round(new MathContext(count, RoundingMode.HALF_EVEN)));
    }

    private static Digits exact(BigDecimal value) {
        if (value.signum() == 0) {
            return new Digits("", 0);
        }
        String digits = value.unscaledValue().toString();
        return new Digits(digits, digits.length() - value.scale());
    }

    private static Digits shortest(double magnitude) {
        String text = Double.toString(magnitude);
        int e = text.indexOf('E');
        int exponent = e < 0 ? 0 : Integer.parseInt(text, e + 1, text.length(), 10);
        String mantissa = e < 0 ? text : text.substring(0, e);
        int point = mantissa.indexOf('.');
        String all = mantissa.substring(0, point) + mantissa.substring(point + 1);
        int from = 0;
        while (from < all.length() - 1 && all.charAt(from) == '0') {
            from++;
        }
        int to = all.length();
        while (to > from + 1 && all.charAt(to - 1) == '0') {
            to--;
        }
        return new Digits(all.substring(from, to), exponent + point - from);
    }

    /// Whether these shortest digits round to `wanted` digits as the exact value does.
    private boolean suffices(double magnitude, int wanted) {
        if (magnitude < Double.MIN_NORMAL) {
            return false;
        }
        if (wanted >= digits.length()) {
            return wanted <= FAITHFUL;
        }
        boolean tie = wanted == digits.length() - 1 && digits.charAt(wanted) == '5';
        return !tie;
    }

    private Digits cut(int wanted) {
        if (wanted >= digits.length()) {
            return this;
        }
        boolean up = digits.charAt(wanted) >= '5';
        if (!up) {
            return new Digits(digits.substring(0, wanted), exponent);
        }
        char[] kept = digits.substring(0, wanted).toCharArray();
        for (int i = wanted - 1; i >= 0; i--) {
            if (kept[i] != '9') {
                kept[i]++;
                return new Digits(new String(kept), exponent);
            }
            kept[i] = '0';
        }
        return new Digits("1" + new String(kept), exponent + 1);
    }

    /// The digit at a place, counted from the first; zero beyond the last.
    private char at(int place) {
        return place >= 0 && place < digits.length() ? digits.charAt(place) : '0';
    }

    /// As `%f` writes it.
    void appendFixed(StringBuilder to, int precision, boolean point) {
        if (exponent <= 0) {
            to.append('0');
        }
        for (int i = 0; i < exponent; i++) {
            to.append(at(i));
        }
        if (precision > 0 || point) {
            to.append('.');
        }
        for (int i = 0; i < precision; i++) {
            to.append(at(exponent + i));
        }
    }

    /// As `%e` writes it.
    void appendScientific(StringBuilder to, int precision, boolean point) {
        to.append(at(0));
        if (precision > 0 || point) {
            to.append('.');
        }
        for (int i = 1; i <= precision; i++) {
            to.append(at(i));
        }
        int e = exponent - 1;
        to.append(e < 0 ? "e-" : "e+");
        int magnitude = Math.abs(e);
        if (magnitude < 10) {
            to.append('0');
        }
        to.append(magnitude);
    }

    /// As `%g` writes it, for `precision` significant digits; `zeros` keeps the trailing ones.
    void appendShorter(StringBuilder to, int precision, boolean zeros) {
        int e = exponent - 1;
        boolean scientific = e < -4 || e >= precision;
        int after = scientific ? precision - 1 : precision - 1 - e;
        if (!zeros) {
            int used = significantLength();
            after = Math.max(0, scientific ? used - 1 : used - exponent);
        }
        if (scientific) {
            appendScientific(to, after, zeros);
        } else {
            appendFixed(to, after, zeros);
        }
    }

    private int significantLength() {
        int n = digits.length();
        while (n > 0 && digits.charAt(n - 1) == '0') {
            n--;
        }
        return n;
    }
}
