package dev.sloth.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.testkit.Gen;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The times of expressions against a search that looks at every minute, or every second.
class CronPropertiesTest {
    private static final List<String> ZONES =
            List.of(
                    "UTC",
                    "Europe/Berlin",
                    "Europe/Dublin",
                    "America/New_York",
                    "America/Bahia_Banderas",
                    "America/Havana",
                    "America/Sao_Paulo",
                    "Australia/Lord_Howe",
                    "Pacific/Apia",
                    "Pacific/Chatham",
                    "Africa/Casablanca",
                    "Africa/Cairo",
                    "Asia/Kathmandu",
                    "Asia/Beirut",
                    "Asia/Tehran",
                    "Antarctica/Troll");

    private static final Instant DATELINE = Instant.parse("2011-12-29T12:00:00Z");

    /// All instants of an expression in a time, found one step after the other.
    private static List<Instant> search(
            DrawnCron cron, ZoneId zone, Instant after, Instant until, Duration step) {
        var found = new ArrayList<Instant>();
        var first = Instant.ofEpochSecond(after.getEpochSecond() / 60 * 60);
        for (var at = first; !at.isAfter(until); at = at.plus(step)) {
            if (at.isAfter(after) && isMeant(cron, zone, at, step)) {
                found.add(at);
            }
        }
        return found;
    }

    private static boolean isMeant(DrawnCron cron, ZoneId zone, Instant at, Duration step) {
        var rules = zone.getRules();
        var local = LocalDateTime.ofInstant(at, zone);
        if (cron.everyHour()) {
            return cron.fits().test(local);
        }
        var offsets = rules.getValidOffsets(local);
        if (cron.fits().test(local) && offsets.getFirst().equals(rules.getOffset(at))) {
            return true;
        }
        var change = rules.previousTransition(at.plusNanos(1));
        return change != null
                && change.isGap()
                && change.getInstant().equals(at)
                && isAnyLeftOut(cron, change, step);
    }

    private static boolean isAnyLeftOut(DrawnCron cron, ZoneOffsetTransition gap, Duration step) {
        for (var local = gap.getDateTimeBefore();
                local.isBefore(gap.getDateTimeAfter());
                local = local.plus(step)) {
            if (cron.fits().test(local)) {
                return true;
            }
        }
        return false;
    }

    /// Shortly before a change of clocks, if there is one.
    private static Instant nearChange(Gen gen, ZoneId zone, int secondsMax) {
        if (zone.getId().equals("Pacific/Apia") && gen.yes()) {
            return DATELINE;
        }
        var from =
                LocalDate.of(gen.between(1990, 2045), gen.between(1, 12), 1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant();
        var change = zone.getRules().nextTransition(from);
        return (change == null ? from : change.getInstant())
                .minusSeconds(gen.between(0, secondsMax))
                .plusMillis(gen.below(1_000));
    }

    private static void agrees(Gen gen, DrawnCron drawn, Duration length, Duration step) {
        var zone = ZoneId.of(gen.oneOf(ZONES));
        var cron = Cron.parse(drawn.text());
        var after = nearChange(gen, zone, (int) length.toSeconds());
        var until = after.plus(length.multipliedBy(2));
        var timing = new Timing(new Trigger.OfCron(cron), zone, Calendar.NOTHING);
        var got = new ArrayList<Instant>();
        for (var at = timing.next(after);
                at.isPresent() && !at.get().isAfter(until);
                at = timing.next(at.get())) {
            got.add(at.get());
        }

        assertThat(got)
                .as("`%s` in %s from %s to %s", drawn.text(), zone, after, until)
                .isEqualTo(search(drawn, zone, after, until, step));
    }

    @Test
    void the_times_are_those_that_a_search_minute_by_minute_finds() {
        Gen.forAll(
                600,
                gen ->
                        agrees(
                                gen,
                                DrawnCron.ofMinutes(gen),
                                Duration.ofDays(2),
                                Duration.ofMinutes(1)));
    }

    @Test
    void the_times_are_those_that_a_search_second_by_second_finds() {
        Gen.forAll(
                200,
                gen ->
                        agrees(
                                gen,
                                DrawnCron.ofSeconds(gen),
                                Duration.ofMinutes(100),
                                Duration.ofSeconds(1)));
    }

    @Test
    void over_years_the_days_are_those_that_a_search_day_by_day_finds() {
        Gen.forAll(
                300,
                gen -> {
                    var drawn = DrawnCron.ofDays(gen);
                    var cron = Cron.parse(drawn.text());
                    int year = gen.between(1995, 2100);
                    var after = LocalDateTime.of(year, 1, 1, 12, 0).toInstant(ZoneOffset.UTC);
                    var wanted = new ArrayList<Instant>();
                    for (var day = LocalDate.of(year, 1, 2);
                            day.getYear() < year + 5;
                            day = day.plusDays(1)) {
                        if (drawn.fits().test(day.atStartOfDay())) {
                            wanted.add(day.atStartOfDay(ZoneOffset.UTC).toInstant());
                        }
                    }
                    var end = LocalDate.of(year + 5, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();
                    var got = new ArrayList<Instant>();
                    for (var at = CronTimes.next(cron, after, ZoneOffset.UTC);
                            at.isPresent() && at.get().isBefore(end);
                            at = CronTimes.next(cron, at.get(), ZoneOffset.UTC)) {
                        got.add(at.get());
                    }
                    assertThat(got).as(drawn.text()).isEqualTo(wanted);
                });
    }

    @Test
    void a_calendar_takes_whole_days_out_and_nothing_else() {
        Gen.forAll(
                200,
                gen -> {
                    var zone = ZoneId.of(gen.oneOf(ZONES));
                    var trigger = trigger(gen);
                    var after = nearChange(gen, zone, 200_000);
                    var until = after.plus(Duration.ofDays(6));
                    var day = LocalDate.ofInstant(after, zone).plusDays(gen.between(0, 3));
                    var calendar =
                            Calendar.parse(
                                    List.of(
                                            gen.oneOf("sat,sun", "mon", "wednesday"),
                                            gen.oneOf(
                                                    day.toString(),
                                                    day.toString().substring(5),
                                                    day + ".." + day.plusDays(1))));
                    var all = all(new Timing(trigger, zone, Calendar.NOTHING), after, until);

                    assertThat(all(new Timing(trigger, zone, calendar), after, until))
                            .isEqualTo(
                                    all.stream()
                                            .filter(at ->
                                                    !calendar.excludes(
                                                            LocalDate.ofInstant(at, zone)))
                                            .toList());
                });
    }

    private static Trigger trigger(Gen gen) {
        if (gen.yes()) {
            return new Trigger.OfCron(Cron.parse(DrawnCron.ofMinutes(gen).text()));
        }
        return new Trigger.Every(
                Duration.ofSeconds(gen.between(30, 90_000)),
                Instant.EPOCH.plusSeconds(gen.below(100_000)));
    }

    private static List<Instant> all(Timing timing, Instant after, Instant until) {
        var all = new ArrayList<Instant>();
        for (var at = timing.next(after);
                at.isPresent() && !at.get().isAfter(until);
                at = timing.next(at.get())) {
            all.add(at.get());
        }
        return all;
    }
}
