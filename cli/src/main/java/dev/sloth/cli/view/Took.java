package dev.sloth.cli.view;

import java.time.Duration;

/// How long something took, as people read it.
public final class Took {
    private Took() {}

    /// Such as `0.2s`, `3m12s` or `1h02m`.
    public static String text(Duration time) {
        if (time.toMinutes() < 1) {
            // By hand: the first use of a format with a point loads half of the locale machinery.
            long tenths = (time.toMillis() + 50) / 100;
            return tenths / 10 + "." + tenths % 10 + "s";
        }
        if (time.toHours() < 1) {
            return "%dm%02ds".formatted(time.toMinutes(), time.toSecondsPart());
        }
        return "%dh%02dm".formatted(time.toHours(), time.toMinutesPart());
    }
}
