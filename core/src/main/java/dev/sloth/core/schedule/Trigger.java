package dev.sloth.core.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/// What names the instants of a schedule.
public sealed interface Trigger {
    /// The first instant after another one; nothing when there is none.
    Optional<Instant> next(Instant after, ZoneId zone);

    /// What it says, for people.
    String text();

    /// Times of the clock on the wall; see [Cron].
    record OfCron(Cron cron) implements Trigger {
        @Override
        public Optional<Instant> next(Instant after, ZoneId zone) {
            return CronTimes.next(cron, after, zone);
        }

        @Override
        public String text() {
            return cron.text();
        }
    }

    /// One instant after the other, so far apart whatever clocks on walls do.
    ///
    /// @param from one of them; there is none before it
    record Every(Duration period, Instant from) implements Trigger {
        public static final Duration PERIOD_MIN = Duration.ofSeconds(1);
        public static final Duration PERIOD_MAX = Duration.ofDays(3_660);

        public Every {
            if (period.compareTo(PERIOD_MIN) < 0 || period.compareTo(PERIOD_MAX) > 0) {
                throw new IllegalArgumentException(
                        "an interval is from 1 second to 3660 days, not " + period);
            }
        }

        @Override
        public Optional<Instant> next(Instant after, ZoneId zone) {
            if (after.isBefore(from)) {
                return Optional.of(from);
            }
            if (after.isAfter(CronTimes.LAST)) {
                return Optional.empty();
            }
            long passed = Duration.between(from, after).dividedBy(period);
            return Optional.of(from.plus(period.multipliedBy(passed + 1)));
        }

        @Override
        public String text() {
            return DurationText.of(period);
        }
    }

    /// One instant only.
    record Once(Instant at) implements Trigger {
        @Override
        public Optional<Instant> next(Instant after, ZoneId zone) {
            return after.isBefore(at) ? Optional.of(at) : Optional.empty();
        }

        @Override
        public String text() {
            return at.toString();
        }
    }
}
