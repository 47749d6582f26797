package dev.sloth.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;

/// Times and durations as decimal numbers of seconds, times since 1970: exact to the nanosecond
/// over the whole range of both types, which neither a count of microseconds nor one of nanoseconds
/// is; shorter than ISO, and `date -d @SECONDS` reads it.
final class Seconds {
    private static final int NANO_DIGITS = 9;
    private static final BigInteger NANOS = BigInteger.TEN.pow(NANO_DIGITS);

    /// More digits than the largest time has.
    private static final int DIGITS_MAX = 40;

    private Seconds() {}

    static String of(Instant at) {
        return of(at.getEpochSecond(), at.getNano());
    }

    static String of(Duration time) {
        return of(time.getSeconds(), time.getNano());
    }

    private static String of(long seconds, int nanos) {
        if (nanos == 0) {
            return Long.toString(seconds);
        }
        return BigDecimal.valueOf(seconds)
                .add(BigDecimal.valueOf(nanos, NANO_DIGITS))
                .stripTrailingZeros()
                .toPlainString();
    }

    static Instant instant(String digits) {
        var parts = parts(digits);
        return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
    }

    static Duration duration(String digits) {
        var parts = parts(digits);
        return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
    }

    /// Whole seconds, and the nanoseconds after them.
    private static BigInteger[] parts(String digits) {
        if (digits.length() > DIGITS_MAX) {
            throw Damage.found("no time has so many digits: " + digits);
        }
        var value = new BigDecimal(digits);
        if (value.scale() > NANO_DIGITS || value.precision() - value.scale() > DIGITS_MAX) {
            throw Damage.found("not a time: " + digits);
        }
        var seconds = value.setScale(0, RoundingMode.FLOOR).toBigInteger();
        var nanos = value.movePointRight(NANO_DIGITS).toBigIntegerExact();
        return new BigInteger[] {seconds, nanos.subtract(seconds.multiply(NANOS))};
    }
}
