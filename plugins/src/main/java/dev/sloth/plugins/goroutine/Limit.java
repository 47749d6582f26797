package dev.sloth.plugins.goroutine;

import dev.sloth.api.plugin.Concurrency;
import java.time.Duration;
import java.util.Optional;

/// Until when a wait may last.
final class Limit {
    private final Concurrency turns;
    private final boolean endless;
    private final long untilNanos;

    private Limit(Concurrency turns, boolean endless, long untilNanos) {
        this.turns = turns;
        this.endless = endless;
        this.untilNanos = untilNanos;
    }

    static Limit none(Concurrency turns) {
        return new Limit(turns, true, 0);
    }

    static Limit in(Duration duration, Concurrency turns) {
        return new Limit(turns, false, turns.nanoTime() + duration.toNanos());
    }

    static Limit of(Optional<Duration> longest, Concurrency turns) {
        return longest.map(duration -> in(duration, turns)).orElseGet(() -> none(turns));
    }

    Concurrency turns() {
        return turns;
    }

    boolean over() {
        return !endless && untilNanos - turns.nanoTime() <= 0;
    }

    /// What is left, as parking wants it: zero means without end.
    Duration left() {
        return endless
                ? Duration.ZERO
                : Duration.ofNanos(Math.max(1, untilNanos - turns.nanoTime()));
    }
}
