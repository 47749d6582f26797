package dev.sloth.core.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Limits to what is kept of runs that have ended. Those that ended last stay longest.
///
/// @param age how long after its end a run is kept; zero means for ever
/// @param count how many runs are kept; 0 means all
/// @param bytes how much they may take together; 0 means any amount
public record Retention(Duration age, long count, long bytes) {
    public static final Duration AGE_DEFAULT = Duration.ofDays(30);
    public static final long COUNT_DEFAULT = 1_000;
    public static final long BYTES_DEFAULT = 10L << 30;

    public Retention {
        if (age.isNegative() || count < 0 || bytes < 0) {
            throw new IllegalArgumentException(
                    "no limit is below zero: %s, %d, %d".formatted(age, count, bytes));
        }
    }

    /// The runs that may go, the one that ended first before all others. Once one does not fit,
    /// none that ended before it is kept for its smaller size.
    public List<Expiry> expired(Collection<EndedRun> runs, Instant now) {
        var newestFirst =
                runs.stream()
                        .sorted(
                                Comparator.comparing(EndedRun::endedAt)
                                        .thenComparing(run -> run.id().text())
                                        .reversed())
                        .toList();
        var expired = new ArrayList<Expiry>();
        long kept = 0;
        long total = 0;
        for (var run : newestFirst) {
            total = saturated(total, run.bytes());
            if (tooOld(run, now)) {
                expired.add(new Expiry(run, Expiry.Reason.AGE));
            } else if (count > 0 && kept == count) {
                expired.add(new Expiry(run, Expiry.Reason.COUNT));
            } else if (bytes > 0 && total > bytes) {
                expired.add(new Expiry(run, Expiry.Reason.SIZE));
            } else {
                kept++;
            }
        }
        return expired.reversed();
    }

    private boolean tooOld(EndedRun run, Instant now) {
        return age.isPositive() && Duration.between(run.endedAt(), now).compareTo(age) > 0;
    }

    private static long saturated(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
