package dev.sloth.plugins.value;

import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/// How a value reads: on one line as `tostring` gives it, or a table over several lines.
public final class Shown {
    /// How deep a dump of a table goes; deeper tables show as `{...}`.
    private static final int DEPTH_MAX = 12;

    /// How long a dump may become before it is cut.
    private static final int LENGTH_MAX = 1 << 20;

    /// How many characters of a value stand in an error.
    private static final int EXCERPT_MAX = 100;

    /// As many characters have no more bytes, and one more.
    private static final int EXCERPT_BYTES = 4 * (EXCERPT_MAX + 1);

    private static final MathContext FOURTEEN_DIGITS = new MathContext(14, RoundingMode.HALF_EVEN);
    private static final double WHOLE_SHOWN_MAX = 1e15;
    private static final String STEP = "  ";

    private Shown() {}

    /// The value on one line; tables show their fields.
    public static String line(Value value) {
        if (!(value instanceof Value.Table table)) {
            return scalar(value);
        }
        var out = new StringBuilder();
        inline(table, out, 0);
        return out.toString();
    }

    /// The value as an error shows it: on one line, and only its beginning when it is long.
    public static String excerpt(Value value) {
        var line = value instanceof Text text ? beginning(text, EXCERPT_BYTES) : line(value);
        return line.codePointCount(0, line.length()) <= EXCERPT_MAX
                ? line
                : line.substring(0, line.offsetByCodePoints(0, EXCERPT_MAX)) + "...";
    }

    /// The value over as many lines as it has fields, each indented by its depth.
    public static String lines(Value value) {
        if (!(value instanceof Value.Table table)) {
            return scalar(value);
        }
        var out = new StringBuilder();
        outline(table, out, 0);
        return out.toString();
    }

    /// A number as Lua shows it: 14 digits, whole ones without a point.
    public static String number(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == Math.rint(value) && Math.abs(value) < WHOLE_SHOWN_MAX) {
            return 1 / value == Double.NEGATIVE_INFINITY ? "-0" : Long.toString((long) value);
        }
        return digits(new BigDecimal(value).round(FOURTEEN_DIGITS).stripTrailingZeros());
    }

    private static String digits(BigDecimal rounded) {
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -5 && exponent < FOURTEEN_DIGITS.getPrecision()) {
            return rounded.toPlainString();
        }
        var mantissa = rounded.scaleByPowerOfTen(-exponent).toPlainString();
        var sign = exponent < 0 ? "-" : "+";
        return mantissa + "e" + sign + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    private static String scalar(Value value) {
        return switch (value) {
            case Value.Nil _ -> "nil";
            case Value.Bool b -> Boolean.toString(b.truthy());
            case Value.Num n -> number(n.value());
            case Text t -> t.toString();
            case Value.Callable _ -> "function";
            case Value.Handle h -> h.typeName();
            case Value.Table _ -> "{...}";
        };
    }

    private static void inline(Value.Table table, StringBuilder out, int depth) {
        if (depth >= DEPTH_MAX || out.length() > LENGTH_MAX) {
            out.append("{...}");
            return;
        }
        out.append('{');
        int next = 1;
        var between = "";
        for (var entry : table.entries()) {
            out.append(between);
            if (out.length() > LENGTH_MAX) {
                out.append("...");
                break;
            }
            between = ", ";
            next = key(entry.key(), next, out);
            if (entry.value() instanceof Value.Table inner) {
                inline(inner, out, depth + 1);
            } else {
                out.append(quoted(entry.value()));
            }
        }
        out.append('}');
    }

    private static void outline(Value.Table table, StringBuilder out, int depth) {
        if (depth >= DEPTH_MAX || out.length() > LENGTH_MAX) {
            out.append("{...}");
            return;
        }
        var entries = table.entries();
        if (entries.isEmpty()) {
            out.append("{}");
            return;
        }
        out.append("{\n");
        for (var entry : entries) {
            out.append(STEP.repeat(depth + 1));
            if (out.length() > LENGTH_MAX) {
                out.append("...\n");
                break;
            }
            key(entry.key(), 0, out);
            if (entry.value() instanceof Value.Table inner) {
                outline(inner, out, depth + 1);
            } else {
                out.append(quoted(entry.value()));
            }
            out.append('\n');
        }
        out.append(STEP.repeat(depth)).append('}');
    }

    /// Writes the key, unless it is the one expected next in a list; gives the next one expected.
    private static int key(Value key, int expected, StringBuilder out) {
        if (expected > 0 && key instanceof Value.Num n && n.value() == expected) {
            return expected + 1;
        }
        if (key instanceof Text t) {
            out.append(beginning(t, LENGTH_MAX));
        } else {
            out.append('[').append(scalar(key)).append(']');
        }
        out.append(" = ");
        return 0;
    }

    private static String quoted(Value value) {
        return value instanceof Text t ? '"' + beginning(t, LENGTH_MAX) + '"' : scalar(value);
    }

    /// So many bytes of a text, and dots for what is left out.
    private static String beginning(Text text, int bytes) {
        return text.bytes().length <= bytes
                ? text.toString()
                : new String(text.bytes(), 0, bytes, StandardCharsets.UTF_8) + "...";
    }
}
