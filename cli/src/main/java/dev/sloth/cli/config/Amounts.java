package dev.sloth.cli.config;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Amounts as users write them.
public final class Amounts {
    private static final Pattern BYTES = Pattern.compile("(\\d{1,18})\\s*(B|KiB|MiB|GiB)?");
    private static final Pattern PART = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ms|s|m|h|d)");
    private static final Map<String, Long> BYTE_UNITS =
            Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    private Amounts() {}

    static long whole(String text) {
        try {
            return Long.parseLong(text.strip().replace("_", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("it must be a whole number", e);
        }
    }

    static long bytes(String text) {
        Matcher m = BYTES.matcher(text.strip());
        if (!m.matches()) {
            throw new IllegalArgumentException(
                    "it must be a number of bytes, possibly with KiB, MiB or GiB behind it");
        }
        long unit = m.group(2) == null ? 1 : BYTE_UNITS.getOrDefault(m.group(2), 1L);
        try {
            return Math.multiplyExact(Long.parseLong(m.group(1)), unit);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("it is too large", e);
        }
    }

    /// A time such as `300ms`, `1h30m`, or a bare number of seconds.
    ///
    /// @throws IllegalArgumentException with what it must be, when it is none
    public static Duration time(String text) {
        var stripped = text.strip();
        if (stripped.matches("\\d{1,12}(\\.\\d{1,9})?")) {
            return Duration.ofMillis(Math.round(Double.parseDouble(stripped) * 1_000));
        }
        var total = Duration.ZERO;
        int end = 0;
        Matcher m = PART.matcher(stripped);
        while (end < stripped.length() && m.find(end) && m.start() == end) {
            double amount = Double.parseDouble(m.group(1));
            total = total.plusMillis(Math.round(amount * MILLIS.getOrDefault(m.group(2), 0L)));
            end = m.end();
        }
        if (stripped.isEmpty() || end != stripped.length()) {
            throw new IllegalArgumentException(
                    "it must be a duration such as 300ms, 10s, 5m or 1h30m");
        }
        return total;
    }

    static String text(Duration time) {
        return time.toMillis() % 1_000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }
}
