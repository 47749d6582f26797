package dev.sloth.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class CronTest {
    private static List<String> times(String cron, String zone, String from, int count) {
        var id = ZoneId.of(zone);
        var after = LocalDateTime.parse(from).atZone(id).toInstant();
        return new Timing(new Trigger.OfCron(Cron.parse(cron)), id, Calendar.NOTHING)
                .next(after, count).stream()
                        .map(at -> at.atZone(id).toOffsetDateTime().toString())
                        .toList();
    }

    private static List<String> wrong(String cron) {
        var problems = catchThrowableOfType(Problems.class, () -> Cron.parse(cron));
        assertThat(problems).as(cron).isNotNull();
        assertThat(problems.list()).allMatch(p -> p.code().equals("SLOTH-4401"));
        assertThat(problems.list()).noneMatch(p -> p.remedy().isEmpty());
        return problems.list().stream().map(Problem::message).toList();
    }

    @Test
    void a_time_that_clocks_leave_out_is_made_up_for_at_the_change() {
        assertThat(times("30 2 * * *", "Europe/Berlin", "2026-03-28T00:00", 3))
                .containsExactly(
                        "2026-03-28T02:30+01:00",
                        "2026-03-29T03:00+02:00",
                        "2026-03-30T02:30+02:00");
        assertThat(times("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T12:00", 2))
                .containsExactly("2026-10-04T02:30+11:00", "2026-10-05T02:15+11:00");
        assertThat(times("@daily", "America/Havana", "2026-03-07T12:00", 2))
                .containsExactly("2026-03-08T01:00-04:00", "2026-03-09T00:00-04:00");
    }

    @Test
    void many_times_that_are_left_out_make_one_fire() {
        assertThat(times("*/10 2,3 * * *", "Europe/Berlin", "2026-03-29T01:00", 3))
                .containsExactly(
                        "2026-03-29T03:00+02:00",
                        "2026-03-29T03:10+02:00",
                        "2026-03-29T03:20+02:00");
    }

    @Test
    void a_whole_day_that_is_left_out_makes_one_fire_too() {
        assertThat(times("0 9 * * *", "Pacific/Apia", "2011-12-29T10:00", 2))
                .containsExactly("2011-12-31T00:00+14:00", "2011-12-31T09:00+14:00");
    }

    @Test
    void a_time_that_comes_twice_counts_once_unless_every_hour_is_meant() {
        assertThat(times("30 2 * * *", "Europe/Berlin", "2026-10-25T00:00", 2))
                .containsExactly("2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
        assertThat(times("30 * * * *", "Europe/Berlin", "2026-10-25T02:00", 3))
                .containsExactly(
                        "2026-10-25T02:30+02:00",
                        "2026-10-25T02:30+01:00",
                        "2026-10-25T03:30+01:00");
    }

    @Test
    void every_hour_goes_by_the_clock_on_the_wall_when_it_is_set_forward() {
        assertThat(times("30 * * * *", "Europe/Berlin", "2026-03-29T01:00", 2))
                .containsExactly("2026-03-29T01:30+01:00", "2026-03-29T03:30+02:00");
    }

    @Test
    void seconds_years_names_and_words_are_read() {
        assertThat(times("5/20 0 12 * JAN mon-fri 2027", "UTC", "2026-05-01T00:00", 2))
                .containsExactly("2027-01-01T12:00:05Z", "2027-01-01T12:00:25Z");
        assertThat(times("@weekly", "UTC", "2026-11-26T00:00", 1))
                .containsExactly("2026-11-29T00:00Z");
        assertThat(Cron.parse(" @Hourly ")).hasToString("@Hourly");
    }

    @Test
    void a_day_fits_when_its_date_or_its_day_of_the_week_does() {
        assertThat(times("0 0 13 * FRI", "UTC", "2026-11-26T00:00", 4))
                .containsExactly(
                        "2026-11-27T00:00Z",
                        "2026-12-04T00:00Z",
                        "2026-12-11T00:00Z",
                        "2026-12-13T00:00Z");
    }

    @Test
    void the_29th_of_february_on_a_monday_is_found_beyond_2100() {
        assertThat(times("0 0 0 29 2 ? 2096-2199", "UTC", "2097-01-01T00:00", 1))
                .containsExactly("2104-02-29T00:00Z");
    }

    @Test
    void what_a_calendar_leaves_out_is_passed_over_however_far_away_it_is() {
        var trigger = new Trigger.OfCron(Cron.parse("0 0 0 1 1 ? 2150-2199"));
        var calendar = Calendar.parse(List.of("2150-01-01..2197-12-31"));
        var from = Instant.parse("2026-11-26T09:00:00Z");
        assertThat(new Timing(trigger, ZoneOffset.UTC, calendar).next(from))
                .contains(Instant.parse("2198-01-01T00:00:00Z"));
    }

    @Test
    void all_that_is_wrong_is_told_at_once_with_field_and_column() {
        assertThat(wrong("75 24 0 13 MOX"))
                .containsExactly(
                        "the minute '75' (field 1, column 1) is out of range",
                        "the hour '24' (field 2, column 4) is out of range",
                        "the day of the month '0' (field 3, column 7) is out of range",
                        "the month '13' (field 4, column 9) is out of range",
                        "the day of the week 'MOX' (field 5, column 12) cannot be read");
        assertThat(wrong("0 0 1,,5-3 */0 MON#6"))
                .containsExactly(
                        "the day of the month '1,,5-3' (field 3, column 5) has an empty place in it",
                        "the day of the month '1,,5-3' (field 3, column 5) has the range '5-3', which"
                                + " ends before it begins",
                        "the month '*/0' (field 4, column 12) has the step '0'",
                        "the day of the week 'MON#6' (field 5, column 16) has 'MON#6'");
    }

    @Test
    void what_is_no_expression_is_told_what_one_looks_like() {
        assertThat(wrong("")).containsExactly("'' has 0 fields");
        assertThat(wrong("* * *")).containsExactly("'* * *' has 3 fields");
        assertThat(wrong("* * * * * * * *")).hasSize(1);
        assertThat(wrong("@every 5m")).containsExactly("there is no '@every 5m'");
        assertThat(wrong("@reboot")).hasSize(1);
        assertThat(wrong("0 0 * * " + "1,".repeat(300))).hasSize(1);
        assertThat(wrong("0 0 L-31 * 8L")).hasSize(2);
        assertThat(wrong("0 0 40W * 99999")).hasSize(2);
        assertThat(wrong("-1 1- 1-2-3 1/2/3 **")).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void an_expression_that_never_fires_is_found_out_soon() {
        var never =
                List.of(
                        "0 0 31 2 *",
                        "0 0 30 2 *",
                        "0 0 31 4,6,9,11 ?",
                        "0 0 0 1 1 ? 1999",
                        "0 0 0 29 2 ? 2100",
                        "* * * L-30 2 ?");
        var from = Instant.parse("2026-11-26T09:00:00Z");
        for (var zone : List.of("UTC", "Europe/Berlin", "Africa/Casablanca")) {
            for (var cron : never) {
                assertThat(CronTimes.next(Cron.parse(cron), from, ZoneId.of(zone)))
                        .as(cron)
                        .isEmpty();
            }
        }
        var calendar = Calendar.parse(List.of("mon,tue,wed,thu,fri,sat,sun"));
        var trigger = new Trigger.OfCron(Cron.parse("* * * * * *"));
        assertThat(new Timing(trigger, ZoneId.of("Europe/Berlin"), calendar).next(from)).isEmpty();
        assertThat(
                        new Timing(
                                        new Trigger.Every(Duration.ofSeconds(1), from),
                                        ZoneOffset.UTC,
                                        calendar)
                                .next(from))
                .isEmpty();
    }

    @Test
    void days_to_leave_out_that_are_none_are_told_all_at_once() {
        var problems =
                catchThrowableOfType(
                        Problems.class,
                        () ->
                                Calendar.parse(
                                        List.of(
                                                "sat,someday",
                                                "13-01",
                                                "2026-02-30",
                                                "2026-05-02..2026-05-01")));
        assertThat(problems.list()).extracting(Problem::code).containsOnly("SLOTH-4404").hasSize(4);
        var words = List.of("sat", "12-25", "02-29", "2026-05-01", "2026-12-24..2027-01-02");
        assertThat(Calendar.parse(words).words()).isEqualTo(words);
    }
}
