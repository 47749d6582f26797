package dev.sloth.core.schedule;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as people write them: `90`, `300ms`, `1h30m`, `2d`.
public final class DurationText {
    private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    private static final List<String> LARGEST_FIRST = List.of("d", "h", "m", "s");

    private DurationText() {}

    /// Nothing when it is none.
    static Optional<Duration> parse(String text) {
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        var total = Duration.ZERO;
        int end = 0;
        Matcher m = PART.matcher(text);
        while (end < text.length() && m.find(end) && m.start() == end) {
            long unit = MILLIS.getOrDefault(m.group(2), 0L);
            total = total.plusMillis(Long.parseLong(m.group(1)) * unit);
            end = m.end();
        }
        return text.isEmpty() || end != text.length() ? Optional.empty() : Optional.of(total);
    }

    /// As [#parse] reads it; without what is below a millisecond.
    public static String of(Duration time) {
        if (time.toMillis() % MILLIS.getOrDefault("s", 1L) != 0) {
            return time.toMillis() + "ms";
        }
        var text = new StringBuilder();
        long left = time.toMillis();
        for (var unit : LARGEST_FIRST) {
            long size = MILLIS.getOrDefault(unit, 1L);
            if (left >= size) {
                text.append(left / size).append(unit);
                left %= size;
            }
        }
        return text.isEmpty() ? "0s" : text.toString();
    }
}
