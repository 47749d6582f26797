package dev.sloth.agent;

import java.time.Duration;
import java.util.Locale;

/// Durations as scripts write them.
final class Durations {
    private Durations() {}

    static String text(Duration duration) {
        if (duration.toMillisPart() != 0 || duration.isZero()) {
            return duration.toMillis() + "ms";
        }
        // PT1H30M becomes 1h30m.
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
