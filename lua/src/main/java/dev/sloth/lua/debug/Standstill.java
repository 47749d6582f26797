package dev.sloth.lua.debug;

import java.time.Duration;
import java.util.function.LongSupplier;

/// How long something was stopped, all in all: what clocks of scripts may leave out. Any thread may
/// ask.
final class Standstill {
    private final LongSupplier nanoTime;
    private int now;
    private long since;
    private long before;

    Standstill(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void begin() {
        if (now++ == 0) {
            since = nanoTime.getAsLong();
        }
    }

    synchronized void end() {
        if (--now == 0) {
            before += nanoTime.getAsLong() - since;
        }
    }

    synchronized Duration total() {
        return Duration.ofNanos(before + (now == 0 ? 0 : nanoTime.getAsLong() - since));
    }
}
