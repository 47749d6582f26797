package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.cli.config.Amounts;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A time in the past as users write it: how long ago (`10m`), a day, or a time, with an offset or
/// in the zone of the machine.
final class Since {
    private Since() {}

    /// What `--since` was given.
    ///
    /// @throws Problems when it is none of these
    static Instant parse(String text, Instant now, ZoneId zone) {
        return parse("--since", text, now, zone);
    }

    /// What an option was given.
    ///
    /// @throws Problems as above
    static Instant parse(String option, String text, Instant now, ZoneId zone) {
        List<Function<String, Instant>> ways =
                List.of(
                        ago -> now.minus(Amounts.time(ago)),
                        time -> OffsetDateTime.parse(time).toInstant(),
                        time -> LocalDateTime.parse(time).atZone(zone).toInstant(),
                        day -> LocalDate.parse(day).atStartOfDay(zone).toInstant());
        return ways.stream()
                .flatMap(way -> tried(way, text.strip()).stream())
                .findFirst()
                .orElseThrow(() ->
                        new Problems(
                                new Problem(
                                        "SLOTH-9001",
                                        option + " cannot be '" + text + "'",
                                        Span.NOWHERE,
                                        "write 10m or 1h30m, 2026-01-02, 2026-01-02T03:04:05, or"
                                                + " 2026-01-02T03:04:05Z")));
    }

    private static Optional<Instant> tried(Function<String, Instant> way, String text) {
        try {
            return Optional.of(way.apply(text));
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException _) {
            return Optional.empty();
        }
    }
}
