package dev.sloth.api.workflow;

import java.time.Duration;
import java.util.Set;

/// When and how often a failed attempt is tried again. The delay before attempt n + 1 is `delay`
/// (fixed), `n * delay` (linear) or `delay * 2^(n-1)` (exponential), never above `delayMax`, then
/// spread by up to `jitter` (0 to 1) of itself in either direction.
public record RetryPolicy(
        int retries,
        Strategy strategy,
        Duration delay,
        Duration delayMax,
        double jitter,
        Set<Reason> on) {
    /// How many retries may be asked for.
    public static final int RETRIES_MAX = 1_000;

    /// How often an attempt whose end is unknown may be tried again beyond the retries asked for.
    public static final int UNKNOWN_MAX = 10;

    /// No second attempt.
    public static final RetryPolicy NONE =
            new RetryPolicy(
                    0,
                    Strategy.FIXED,
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(5),
                    0,
                    Set.of(Reason.FAILED, Reason.TIMED_OUT));

    public RetryPolicy {
        on = Set.copyOf(on);
        if (retries < 0 || retries > RETRIES_MAX) {
            throw new IllegalArgumentException(
                    "retries must be between 0 and %d, was %d".formatted(RETRIES_MAX, retries));
        }
        if (delay.isNegative() || delayMax.isNegative() || !(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("delays cannot be negative; jitter is from 0 to 1");
        }
    }

    /// How delays grow.
    public enum Strategy {
        FIXED,
        LINEAR,
        EXPONENTIAL
    }

    /// What may be tried again.
    public enum Reason {
        FAILED,
        TIMED_OUT,
        UNKNOWN
    }
}
