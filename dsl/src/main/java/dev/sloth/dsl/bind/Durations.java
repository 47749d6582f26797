package dev.sloth.dsl.bind;

import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as scripts write them: seconds as a number, or text such as `300ms 10s 5m 1h30m 2d`.
public final class Durations {
    /// What a message may say of the form.
    public static final String FORM = "a duration such as \"300ms\", \"10s\", \"5m\" or \"1h30m\"";

    private static final Pattern PART = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ms|s|m|h|d)");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}(?:\\.\\d{1,9})?");

    /// How many characters of what was given stand in a message.
    private static final int SHOWN_MAX = 100;

    /// No text that is longer means a duration.
    private static final int LENGTH_MAX = 200;

    /// As many as there can be written as text.
    private static final long SECONDS_MAX = 1_000_000_000_000L;

    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

    private Durations() {}

    /// Reads one.
    ///
    /// @throws IllegalArgumentException when it is none, saying what is expected
    public static Duration of(Value value) {
        return switch (value) {
            case Value.Num number -> seconds(number.value());
            case Text text -> parse(text.toString().strip());
            case Value.Nil _, Value.Bool _, Value.Table _, Value.Callable _, Value.Handle _ ->
                    throw new IllegalArgumentException(FORM + " expected, got " + value.type());
        };
    }

    /// One as people write it, such as `30s` or `1h30m`.
    public static String text(Duration duration) {
        if (duration.toMillisPart() != 0 || duration.isZero()) {
            return duration.toMillis() + "ms";
        }
        // PT1H30M becomes 1h30m.
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    private static Duration seconds(double seconds) {
        if (!(seconds >= 0 && seconds <= SECONDS_MAX)) {
            throw new IllegalArgumentException(
                    "a duration is a number of seconds from 0 to %d".formatted(SECONDS_MAX));
        }
        return exact(BigDecimal.valueOf(seconds));
    }

    private static Duration exact(BigDecimal seconds) {
        return Duration.ofNanos(0)
                .plusSeconds(seconds.longValue())
                .plusNanos(seconds.remainder(BigDecimal.ONE).multiply(NANOS).longValue());
    }

    private static Duration parse(String text) {
        if (text.length() > LENGTH_MAX) {
            throw none(text);
        }
        if (SECONDS.matcher(text).matches()) {
            return exact(new BigDecimal(text));
        }
        Matcher part = PART.matcher(text);
        Duration sum = Duration.ZERO;
        int at = 0;
        while (at < text.length() && part.find(at) && part.start() == at) {
            sum = plus(sum, part, text);
            at = part.end();
        }
        if (at == 0 || at < text.length()) {
            throw none(text);
        }
        return sum;
    }

    private static IllegalArgumentException none(String text) {
        return new IllegalArgumentException(FORM + " expected, got \"" + shown(text) + "\"");
    }

    /// As a message shows it: only its beginning when it is long.
    private static String shown(String text) {
        return text.codePointCount(0, text.length()) <= SHOWN_MAX
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN_MAX)) + "...";
    }

    private static Duration plus(Duration sum, Matcher part, String text) {
        var unit =
                switch (part.group(2)) {
                    case "ms" -> new BigDecimal("0.001");
                    case "s" -> BigDecimal.ONE;
                    case "m" -> BigDecimal.valueOf(60);
                    case "h" -> BigDecimal.valueOf(3_600);
                    default -> BigDecimal.valueOf(86_400);
                };
        try {
            return sum.plus(exact(new BigDecimal(part.group(1)).multiply(unit)));
        } catch (ArithmeticException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "the duration \"" + shown(text) + "\" is too long", e);
        }
    }
}
