package dev.sloth.wire.shared;

import java.time.Duration;

/// How long somebody may wait.
final class Waits {
    private static final Duration MAX = Duration.ofDays(36_500);

    private Waits() {}

    /// Nobody waits less than no time, and for ever is long.
    static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(MAX) < 0 ? wait : MAX;
    }
}
