package dev.sloth.plugins.goroutine;

import java.time.Duration;

/// Until when a wait may last.
final class Limit {
    private final boolean endless;
    private final long untilNanos;

    private Limit(boolean endless, long untilNanos) {
        this.endless = endless;
        this.untilNanos = untilNanos;
    }

    static Limit none() {
        return new Limit(true, 0);
    }

    static Limit in(Duration duration) {
        return new Limit(false, System.nanoTime() + duration.toNanos());
    }

    boolean over() {
        return !endless && untilNanos - System.nanoTime() <= 0;
    }

    /// What is left, as parking wants it: zero means without end.
    Duration left() {
        return endless
                ? Duration.ZERO
                : Duration.ofNanos(Math.max(1, untilNanos - System.nanoTime()));
    }
}
