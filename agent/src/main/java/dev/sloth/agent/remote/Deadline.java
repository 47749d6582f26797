package dev.sloth.agent.remote;

import java.time.Duration;

/// A moment by which something has to be over, on a clock that only goes forward.
final class Deadline {
    /// Nobody waits longer.
    private static final Duration MAX = Duration.ofDays(36_500);

    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    static Deadline within(Duration time) {
        var bounded = time.compareTo(MAX) < 0 ? time : MAX;
        return new Deadline(System.nanoTime() + bounded.toNanos());
    }

    /// Not below 0.
    Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    boolean isOver() {
        return left().isZero();
    }
}
