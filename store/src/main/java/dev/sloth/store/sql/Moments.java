package dev.sloth.store.sql;

import java.time.Instant;

/// Instants as numbers: nanoseconds since 1970, which a column of 64 bits holds from 1677 to 2262.
/// The ends of that range stand for [Instant#MIN] and [Instant#MAX].
final class Moments {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Moments() {}

    static long number(Instant instant) {
        if (instant.equals(Instant.MIN)) {
            return Long.MIN_VALUE;
        }
        if (instant.equals(Instant.MAX)) {
            return Long.MAX_VALUE;
        }
        try {
            // Before 1970 the seconds alone may be too small by a fraction that the nanos give
            // back.
            return instant.getEpochSecond() < 0
                    ? Math.addExact(
                            Math.multiplyExact(instant.getEpochSecond() + 1, NANOS_PER_SECOND),
                            instant.getNano() - NANOS_PER_SECOND)
                    : Math.addExact(
                            Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND),
                            instant.getNano());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "a store keeps times of 1677 to 2262, not " + instant, e);
        }
    }

    static Instant instant(long number) {
        if (number == Long.MIN_VALUE) {
            return Instant.MIN;
        }
        if (number == Long.MAX_VALUE) {
            return Instant.MAX;
        }
        return Instant.ofEpochSecond(
                Math.floorDiv(number, NANOS_PER_SECOND), Math.floorMod(number, NANOS_PER_SECOND));
    }
}
