package dev.sloth.cli.view;

import java.time.Duration;
import java.util.Locale;

/// How long something took, as people read it.
public final class Took {
    private Took() {}

    /// Such as `0.2s`, `3m12s` or `1h02m`.
    public static String text(Duration time) {
        if (time.toMinutes() < 1) {
            return String.format(Locale.ROOT, "%.1fs", time.toMillis() / 1_000.0);
        }
        if (time.toHours() < 1) {
            return "%dm%02ds".formatted(time.toMinutes(), time.toSecondsPart());
        }
        return "%dh%02dm".formatted(time.toHours(), time.toMinutesPart());
    }
}
