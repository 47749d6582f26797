package dev.sloth.plugins.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.plugins.testing.Caller;
import dev.sloth.plugins.testing.TestHost;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class CalendarTest {
    private static final long SEED = 42;

    private final TestHost host = new TestHost();
    private final Caller time = new Caller(TimeModule.module(), host);

    @Test
    void fields_are_those_of_the_zone() {
        double leap =
                ZonedDateTime.of(2024, 2, 29, 23, 58, 59, 0, ZoneId.of("UTC")).toEpochSecond();
        assertThat(fields(leap, "UTC")).containsExactly(2024.0, 2.0, 29.0, 23.0, 58.0, 59.0);
        assertThat(fields(leap, "Asia/Tokyo")).containsExactly(2024.0, 3.0, 1.0, 8.0, 58.0, 59.0);
        assertThat(time.text("weekday", leap, "UTC")).isEqualTo("Thursday");
        assertThat(time.text("weekday", leap, "Asia/Tokyo")).isEqualTo("Friday");
        assertThat(fields(-1, "UTC")).containsExactly(1969.0, 12.0, 31.0, 23.0, 59.0, 59.0);
    }

    private List<Double> fields(double at, String zone) {
        return List.of("year", "month", "day", "hour", "minute", "second").stream()
                .map(field -> time.number(field, at, zone))
                .toList();
    }

    @Test
    void fields_agree_with_the_calendar_of_java() {
        var chance = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        for (var zone : List.of("UTC", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu")) {
            for (int i = 0; i < 200; i++) {
                double at = (double) chance.nextLong(-4_000_000_000L, 8_000_000_000L);
                var there = java.time.Instant.ofEpochSecond((long) at).atZone(ZoneId.of(zone));
                assertThat(fields(at, zone))
                        .as("seed %d, %s in %s", SEED, at, zone)
                        .containsExactly(
                                (double) there.getYear(),
                                (double) there.getMonthValue(),
                                (double) there.getDayOfMonth(),
                                (double) there.getHour(),
                                (double) there.getMinute(),
                                (double) there.getSecond());
                assertThat(time.text("weekday", at, zone))
                        .isEqualTo(
                                there.getDayOfWeek()
                                        .getDisplayName(TextStyle.FULL, Locale.ENGLISH));
            }
        }
    }

    @Test
    void without_a_zone_the_zone_of_the_host_counts() {
        double now = time.number("now");
        var here = TestHost.NOW.atZone(host.zone());
        assertThat(time.number("hour", now)).isEqualTo(here.getHour());
        assertThat(time.number("day", now)).isEqualTo(here.getDayOfMonth());
    }

    @Test
    void a_zone_that_is_not_there_is_named() {
        assertThatThrownBy(() -> time.number("hour", 0, "Mars/Olympus"))
                .isInstanceOf(CallFailure.class)
                .hasMessageContaining("Mars/Olympus");
    }

    @Test
    void a_day_that_no_month_has_is_refused_and_what_a_text_leaves_out_is_the_first() {
        assertThat(time.error("parse", "2023-02-30", "2006-01-02")).contains("2023-02-30");
        assertThat(time.number("parse", "Nov 2023", "Jan 2006")).isEqualTo(1_698_796_800);
        assertThat(time.number("parse", "2023", "%Y")).isEqualTo(1_672_531_200);
        assertThat(time.number("parse", "22:13", "15:04")).isEqualTo(79_980);
        assertThat(time.number("parse", "10:13 PM", "3:04 PM")).isEqualTo(79_980);
    }

    @Test
    void a_length_beyond_all_calendars_is_an_answer_and_no_internal_error() {
        assertThat(time.error("add", 0, "999999999999d")).contains("beyond");
        assertThat(time.error("sub", 0, "999999999999d")).contains("beyond");
        assertThat(time.error("duration", "999999999999d".repeat(200))).contains("not a length");
        // Looked through for units, it would take as long as nobody waits.
        assertThat(time.error("duration", "9".repeat(20_000_000))).contains("not a length");
    }
}
