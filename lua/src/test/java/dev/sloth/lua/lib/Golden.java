package dev.sloth.lua.lib;

import dev.sloth.lua.value.LuaError;
import dev.sloth.lua.value.LuaNil;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;

/// The reference implementation's answers, as `golden.lua` wrote them down.
final class Golden {
    private Golden() {}

    /// The lines of a file, cut at tabs.
    static List<String[]> rows(String file) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(Golden.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .toList();
        }
    }

    static String unhex(String hex) {
        return latin(HexFormat.of().parseHex(hex));
    }

    static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Results or the error, in the form that `golden.lua` uses.
    static String shown(Supplier<List<Object>> run) {
        List<Object> values;
        try {
            values = run.get();
        } catch (LuaError e) {
            return "!" + e.getMessage();
        }
        List<String> parts = new ArrayList<>();
        for (Object each : values) {
            parts.add(shown(each));
        }
        return String.join("\1", parts);
    }

    private static String shown(Object value) {
        return switch (value) {
            case Double d -> "number:" + precise(d);
            case String text -> "string:" + text;
            case Boolean b -> "boolean:" + b;
            case LuaNil _ -> "nil:nil";
            default -> throw new IllegalArgumentException(value.toString());
        };
    }

    /// `%.17g`, only as far as the golden files go.
    static String precise(double d) {
        if (d == Math.rint(d) && Math.abs(d) < 1e16) {
            String whole = String.format(Locale.ROOT, "%.0f", d);
            return d == 0 && 1 / d < 0 ? "-0" : whole;
        }
        return Double.toString(d);
    }

    static double number(String text) {
        return switch (text) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
