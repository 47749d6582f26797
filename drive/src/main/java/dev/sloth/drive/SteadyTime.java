package dev.sloth.drive;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// A clock that only goes forward, as fast as time does: it is set once, and never again. What a
/// process measures and waits for with it stays right when the clock of the machine is set. Safe
/// for use by many threads.
public final class SteadyTime implements InstantSource {
    private final Instant start;
    private final LongSupplier nanos;
    private final long nanosAtStart;

    /// @param clock that it is set by
    /// @param notBefore what it shows at least: a run that goes on does not go back
    /// @param nanos that count up, from anywhere
    public SteadyTime(InstantSource clock, Instant notBefore, LongSupplier nanos) {
        var now = clock.instant();
        this.start = now.isBefore(notBefore) ? notBefore : now;
        this.nanos = nanos;
        this.nanosAtStart = nanos.getAsLong();
    }

    /// Set by the clock of the machine.
    public static SteadyTime notBefore(Instant time) {
        return new SteadyTime(InstantSource.system(), time, System::nanoTime);
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanos.getAsLong() - nanosAtStart);
    }
}
