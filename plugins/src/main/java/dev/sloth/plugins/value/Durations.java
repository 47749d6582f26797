package dev.sloth.plugins.value;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Lengths of time as scripts write them: seconds as a number, or text such as `1h30m`.
public final class Durations {
    private static final Pattern PART =
            Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ns|us|µs|ms|s|m|h|d)");
    private static final Pattern SECONDS = Pattern.compile("[-+]?\\d{1,12}(\\.\\d{1,9})?");
    private static final double SECONDS_MAX = 1e11;

    /// No text that is longer means a duration.
    private static final int LENGTH_MAX = 200;

    /// Nobody waits longer: what is given beyond it, waits so long.
    private static final Duration WAIT_MAX = Duration.ofDays(36_500);

    private Durations() {}

    /// The length a value means; `what` names it in messages. Negative lengths are allowed.
    ///
    /// @throws CallFailure when it means none
    public static Duration of(Value value, String what) {
        var found =
                switch (value) {
                    case Value.Num n when Math.abs(n.value()) <= SECONDS_MAX ->
                            Optional.of(seconds(BigDecimal.valueOf(n.value())));
                    case Text t -> parse(t.toString());
                    case Value.Nil _,
                            Value.Bool _,
                            Value.Num _,
                            Value.Table _,
                            Value.Callable _,
                            Value.Handle _ ->
                            Optional.<Duration>empty();
                };
        return found.orElseThrow(() ->
                new CallFailure(
                        what
                                + " is seconds or text such as 300ms, 10s or 1h30m, not "
                                + Shown.excerpt(value)));
    }

    /// The length a value means for waiting: one that can be counted in nanoseconds.
    ///
    /// @throws CallFailure when it means none
    public static Duration waiting(Value value, String what) {
        var length = of(value, what);
        return length.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : length;
    }

    /// The length a text means, if it means one.
    public static Optional<Duration> parse(String text) {
        if (text.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        try {
            return sum(text);
        } catch (ArithmeticException _) {
            return Optional.empty();
        }
    }

    /// @throws ArithmeticException when it is more than can be counted
    private static Optional<Duration> sum(String text) {
        var plain = text.strip().toLowerCase(Locale.ROOT);
        if (SECONDS.matcher(plain).matches()) {
            return Optional.of(seconds(new BigDecimal(plain)));
        }
        boolean negative = plain.startsWith("-");
        var parts = PART.matcher(plain);
        int at = negative || plain.startsWith("+") ? 1 : 0;
        var total = Duration.ZERO;
        if (at == plain.length()) {
            return Optional.empty();
        }
        while (at < plain.length()) {
            if (!parts.find(at) || parts.start() != at) {
                return Optional.empty();
            }
            var unit = seconds(parts.group(2));
            total = total.plus(seconds(new BigDecimal(parts.group(1)).multiply(unit)));
            at = parts.end();
        }
        return Optional.of(negative ? total.negated() : total);
    }

    public static double seconds(Duration duration) {
        return duration.toSeconds() + duration.toNanosPart() / 1e9;
    }

    private static BigDecimal seconds(String unit) {
        return switch (unit) {
            case "ns" -> new BigDecimal("1e-9");
            case "us", "µs" -> new BigDecimal("1e-6");
            case "ms" -> new BigDecimal("1e-3");
            case "s" -> BigDecimal.ONE;
            case "m" -> BigDecimal.valueOf(60);
            case "h" -> BigDecimal.valueOf(3_600);
            case "d" -> BigDecimal.valueOf(86_400);
            default -> throw new IllegalStateException("no unit " + unit);
        };
    }

    private static Duration seconds(BigDecimal seconds) {
        var nanos = seconds.movePointRight(9).toBigInteger();
        var parts = nanos.divideAndRemainder(BigInteger.valueOf(1_000_000_000));
        return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
    }
}
