package dev.sloth.api.workflow;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Times in sentences for people. Documents for programs have them whole.
public final class TimeText {
    private TimeText() {}

    /// To the second, since more of it nobody reads: `2026-11-26T10:00:00Z`.
    public static String of(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /// In the two largest units that are more than nothing: `59 s`, `1 min 1 s`, `1 h 0 min`, `2 d
    /// 3 h`. Its sign is left out.
    public static String of(Duration time) {
        var whole = time.abs();
        if (whole.toMinutes() == 0) {
            return "%d s".formatted(whole.toSeconds());
        }
        if (whole.toHours() == 0) {
            return "%d min %d s".formatted(whole.toMinutes(), whole.toSecondsPart());
        }
        if (whole.toDays() == 0) {
            return "%d h %d min".formatted(whole.toHours(), whole.toMinutesPart());
        }
        return "%d d %d h".formatted(whole.toDays(), whole.toHoursPart());
    }
}
