package dev.sloth.agent.link;

import java.time.Duration;

/// When the master is to hear from an agent again: at the pace that goes for now, and no later than
/// it was told the last time, or it takes an agent whose pace has slackened for a silent one.
final class Pulse {
    private long last;
    private Duration promised = Duration.ZERO;

    /// One that is due at once.
    ///
    /// @param now in nanoseconds, as for the others
    Pulse(long now) {
        last = now;
    }

    boolean isDue(Duration pace, long now) {
        return now - next(pace) >= 0;
    }

    /// The master was told that the next comes after so long.
    void beat(Duration next, long now) {
        last = now;
        promised = next;
    }

    /// When the next is due.
    long next(Duration pace) {
        return last + Math.min(pace.toNanos(), promised.toNanos());
    }
}
