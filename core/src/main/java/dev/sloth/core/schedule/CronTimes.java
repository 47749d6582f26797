package dev.sloth.core.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The instants of a cron expression in a time zone.
///
/// Where clocks are set forward, the local times that are left out are made up for by one fire at
/// the moment of the change; where they are set back, a local time that comes twice counts the
/// first time only. An expression that names every hour goes by the clock on the wall instead: it
/// fires whenever that shows a time that fits, twice or not at all.
final class CronTimes {
    /// Nothing is looked for after this, the last day that an expression may name.
    static final Instant LAST = Instant.parse("2199-12-31T00:00:00Z");

    /// Clocks were never set by more than this.
    private static final Duration CHANGE_MAX = Duration.ofDays(2);

    private final Cron cron;
    private final ZoneRules rules;

    private CronTimes(Cron cron, ZoneRules rules) {
        this.cron = cron;
        this.rules = rules;
    }

    static Optional<Instant> next(Cron cron, Instant after, ZoneId zone) {
        var from = after.isBefore(Instant.EPOCH) ? Instant.EPOCH.minusSeconds(1) : after;
        if (from.isAfter(LAST)) {
            return Optional.empty();
        }
        return new CronTimes(cron, zone.getRules()).next(from);
    }

    /// Goes from one time of constant offset to the next one.
    private Optional<Instant> next(Instant after) {
        // the first whole second after it
        var at = after.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        while (true) {
            var before = rules.previousTransition(at.plusNanos(1));
            if (before != null && before.getInstant().equals(at) && madeUpFor(before)) {
                return Optional.of(at);
            }
            var offset = rules.getOffset(at);
            var from = firstLocal(at, offset, before);
            var found = local(from);
            var change = rules.nextTransition(at);
            if (change == null) {
                return found.map(time -> time.toInstant(offset));
            }
            var end = change.getDateTimeBefore();
            if (found.isPresent() && found.get().isBefore(end)) {
                return Optional.of(found.get().toInstant(offset));
            }
            if (found.isEmpty() && end.isAfter(from.plus(CHANGE_MAX))) {
                return Optional.empty();
            }
            at = change.getInstant();
        }
    }

    /// The first local time that counts at or after an instant: what came once already does not.
    private LocalDateTime firstLocal(
            Instant at, ZoneOffset offset, @Nullable ZoneOffsetTransition before) {
        var local = LocalDateTime.ofEpochSecond(at.getEpochSecond(), 0, offset);
        if (cron.everyHour() || before == null || !before.isOverlap()) {
            return local;
        }
        var fresh = before.getDateTimeBefore();
        return fresh.isAfter(local) ? fresh : local;
    }

    private boolean madeUpFor(ZoneOffsetTransition change) {
        if (cron.everyHour() || !change.isGap()) {
            return false;
        }
        return local(change.getDateTimeBefore())
                .filter(time -> time.isBefore(change.getDateTimeAfter()))
                .isPresent();
    }

    // ---- local times, of which every day has all

    /// The first that fits, at or after another.
    private Optional<LocalDateTime> local(LocalDateTime from) {
        var date = from.toLocalDate();
        if (fits(date)) {
            var time = time(from.toLocalTime());
            if (time.isPresent()) {
                return Optional.of(date.atTime(time.get()));
            }
        }
        var first = time(LocalTime.MIDNIGHT);
        return first.flatMap(time -> date(date.plusDays(1)).map(day -> day.atTime(time)));
    }

    private boolean fits(LocalDate date) {
        return cron.years().get(date.getYear())
                && cron.months().get(date.getMonthValue())
                && cron.days().of(YearMonth.from(date)).get(date.getDayOfMonth());
    }

    private Optional<LocalDate> date(LocalDate from) {
        var month = YearMonth.from(from);
        int day = from.getDayOfMonth();
        while (true) {
            int year = cron.years().nextSetBit(month.getYear());
            if (year < 0) {
                return Optional.empty();
            }
            if (year > month.getYear()) {
                month = YearMonth.of(year, 1);
                day = 1;
                continue;
            }
            if (cron.months().get(month.getMonthValue())) {
                int found = cron.days().of(month).nextSetBit(day);
                if (found > 0) {
                    return Optional.of(month.atDay(found));
                }
            }
            month = month.plusMonths(1);
            day = 1;
        }
    }

    /// The first time of a day that fits, at or after another.
    private Optional<LocalTime> time(LocalTime from) {
        int hour = from.getHour();
        int minute = from.getMinute();
        int second = from.getSecond();
        if (cron.hours().get(hour)) {
            if (cron.minutes().get(minute)) {
                int found = cron.seconds().nextSetBit(second);
                if (found >= 0) {
                    return Optional.of(LocalTime.of(hour, minute, found));
                }
            }
            int found = cron.minutes().nextSetBit(minute + 1);
            if (found >= 0) {
                return Optional.of(LocalTime.of(hour, found, first(cron.seconds())));
            }
        }
        int found = cron.hours().nextSetBit(hour + 1);
        return found < 0
                ? Optional.empty()
                : Optional.of(LocalTime.of(found, first(cron.minutes()), first(cron.seconds())));
    }

    private static int first(BitSet set) {
        return set.nextSetBit(0);
    }
}
