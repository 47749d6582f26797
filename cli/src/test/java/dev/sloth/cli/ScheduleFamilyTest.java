package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduleFamilyTest {
    @TempDir private Path folder;

    @BeforeEach
    void writeScripts() throws IOException {
        Files.writeString(
                folder.resolve("a.sloth"),
                """
                workflow.define("a"):tasks({ task("t"):command("true") })
                """);
        Files.writeString(
                folder.resolve("own.sloth"),
                """
                local t = task("t"):command("true")
                workflow.define("one"):tasks({ t })
                  :schedule({ cron = "0 3 * * *", zone = "Asia/Tokyo", exclude = { "sat", "12-25" } })
                  :schedule({ name = "often", every = 90, overlap = "queue" })
                workflow.define("two"):tasks({ t }):schedule({ cron = "@daily" })
                """);
    }

    private Door.Answer call(String... words) {
        return new Door(folder).call(words);
    }

    private void added(String name) {
        var answer =
                call(
                        "schedule",
                        "add",
                        name,
                        "-f",
                        "a.sloth",
                        "--cron",
                        "30 2 * * *",
                        "--zone",
                        "UTC");
        assertThat(answer.exit()).as(answer.err()).isZero();
    }

    @Test
    void a_schedule_is_added_listed_shown_and_removed() {
        added("nightly");

        assertThat(call("schedule", "list").out())
                .contains("nightly", "cron 30 2 * * *", "02:30:00 +00:00");
        assertThat(call("schedule", "show", "nightly").out())
                .contains("zone: UTC", "overlap: skip", "it has not fired yet", "a.sloth");
        assertThat(call("schedule", "list", "-o", "json").out()).contains("\"paused\" : false");
        assertThat(call("schedule", "remove", "nightly").exit()).isZero();
        assertThat(call("schedule", "list", "-o", "json").out()).doesNotContain("nightly");
    }

    @Test
    void a_name_is_taken_until_it_is_replaced() {
        added("nightly");
        var again = call("schedule", "add", "nightly", "-f", "a.sloth", "--every", "5m");
        assertThat(again.exit()).isEqualTo(Exit.WRONG);
        assertThat(again.err()).contains("SLOTH-4408", "--replace");

        assertThat(
                        call(
                                        "schedule",
                                        "add",
                                        "nightly",
                                        "-f",
                                        "a.sloth",
                                        "--every",
                                        "5m",
                                        "--replace")
                                .exit())
                .isZero();
        assertThat(call("schedule", "list").out()).contains("every 5m");
    }

    @Test
    void a_paused_schedule_has_no_next_time_until_it_is_resumed() {
        added("nightly");
        assertThat(call("schedule", "pause", "nightly").out()).isEqualTo("paused nightly\n");
        assertThat(call("schedule", "pause", "nightly").out())
                .isEqualTo("nightly is paused already\n");
        assertThat(call("schedule", "list").out()).contains("paused");
        assertThat(call("schedule", "next", "nightly").out()).isEqualTo("nothing fires\n");

        assertThat(call("schedule", "resume", "nightly").out()).isEqualTo("resumed nightly\n");
        assertThat(call("schedule", "resume", "nightly").out())
                .isEqualTo("nightly is not paused\n");
        assertThat(call("schedule", "next", "-n", "2").out().lines()).hasSize(2);
    }

    @Test
    void a_time_that_has_passed_is_refused() {
        var past = call("schedule", "add", "past", "-f", "a.sloth", "--at", "2020-01-01T00:00");
        assertThat(past.exit()).isEqualTo(Exit.WRONG);
        assertThat(past.err()).contains("SLOTH-4402", "its time has passed");
        assertThat(call("schedule", "list", "-o", "json").out()).doesNotContain("past");
    }

    @Test
    void a_schedule_with_a_splay_is_said_to_fire_when_it_does_wherever_that_is_asked() {
        var add =
                call(
                        "schedule",
                        "add",
                        "late",
                        "-f",
                        "a.sloth",
                        "--cron",
                        "0 0 1 1 *",
                        "--zone",
                        "UTC",
                        "--splay",
                        "20h",
                        "-o",
                        "json");
        var next = add.out().replaceAll("(?s).*\"next\" : \"([^\"]*)\".*", "$1");
        assertThat(next).matches("[0-9]{4}-01-01T.*Z").doesNotContain("T00:00:00");
        var shown = next.substring(0, 10) + " " + next.substring(11, 19);

        assertThat(call("schedule", "show", "late").out()).contains(shown);
        assertThat(call("schedule", "list").out()).contains(shown);
        assertThat(call("schedule", "list", "-o", "json").out()).contains(next);
        assertThat(call("schedule", "next", "late", "-n", "1").out()).contains(shown);
        assertThat(call("schedule", "next", "-n", "1", "-o", "json").out()).contains(next);
        assertThat(call("schedule", "next", "--every", "1h", "--splay", "10m").err())
                .contains("depends on the name");
    }

    @Test
    void times_that_are_all_made_up_for_wait_for_each_other() {
        call("schedule", "add", "all", "-f", "a.sloth", "--every", "1h", "--missed", "all");
        assertThat(call("schedule", "show", "all").out()).contains("overlap: queue");
    }

    @Test
    void an_expression_can_be_tried_without_a_schedule() {
        var next =
                call("schedule", "next", "--cron", "0 9 1 1 ?", "--zone", "Asia/Tokyo", "-n", "3");
        assertThat(next.out().lines())
                .hasSize(3)
                .allMatch(line -> line.endsWith("09:00:00 +09:00"));
        var never = call("schedule", "next", "--cron", "0 0 31 2 *");
        assertThat(never.exit()).isEqualTo(Exit.WRONG);
        assertThat(never.err()).contains("SLOTH-4402", "never fires", "31 is no day of February");
    }

    @Test
    void a_schedule_that_cannot_fire_is_told_what_is_wrong_with_it() {
        var past = call("schedule", "next", "--cron", "0 0 0 1 1 ? 2020");
        assertThat(past.exit()).isEqualTo(Exit.WRONG);
        assertThat(past.err())
                .contains("SLOTH-4402", "all of its times have passed", "name a year to come");
        assertThat(past.err()).doesNotContain("February");
        var leap = call("schedule", "next", "--cron", "0 0 0 29 2 ? 2100");
        assertThat(leap.err()).contains("there is no such day", "in leap years only");
        var old = call("schedule", "next", "--at", "1999-01-01T00:00");
        assertThat(old.err()).contains("its time has passed", "+10m").doesNotContain("year");
        var date = call("schedule", "add", "x", "-f", "a.sloth", "--at", "2030-01-01");
        assertThat(date.exit()).isEqualTo(Exit.WRONG);
        assertThat(date.err())
                .contains("SLOTH-4403", "a time of day is missing", "2030-01-01T18:00");
    }

    @Test
    void the_last_second_that_an_expression_can_name_is_found() {
        var last = List.of("schedule", "next", "--zone", "UTC", "--cron");
        var words = new ArrayList<>(last);
        words.add("59 59 23 31 12 ? 2199");
        assertThat(call(words.toArray(String[]::new)).out())
                .isEqualTo("Tue 2199-12-31 23:59:59 +00:00\n");
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        var wrong =
                call(
                        "schedule",
                        "add",
                        "x y",
                        "-f",
                        "gone.sloth",
                        "--cron",
                        "75 * * * *",
                        "--zone",
                        "Mars",
                        "--missed",
                        "never",
                        "--exclude",
                        "someday");
        assertThat(wrong.exit()).isEqualTo(Exit.WRONG);
        assertThat(wrong.err())
                .contains(
                        "SLOTH-4406",
                        "the minute '75' (field 1, column 1)",
                        "no time zone 'Mars'",
                        "missed cannot be 'never'",
                        "'someday' is no day",
                        "no file");
    }

    @Test
    void schedules_of_a_script_are_added_as_it_says_them() {
        var added = call("schedule", "add", "-f", "own.sloth");
        assertThat(added.exit()).as(added.err()).isZero();
        assertThat(call("schedule", "list").out())
                .contains("one ", "Asia/Tokyo", "often", "every 1m30s", "two");
        assertThat(call("schedule", "show", "one").out())
                .contains("exclude: sat, 12-25", "workflow: one");
        assertThat(call("schedule", "add", "other", "-f", "own.sloth", "--workflow", "two").exit())
                .isZero();
        assertThat(call("schedule", "add", "-f", "a.sloth").err())
                .contains("SLOTH-4403", ":schedule(");
    }

    @Test
    void validate_tells_what_is_wrong_with_the_schedules_of_a_script_and_where() throws Exception {
        Files.writeString(
                folder.resolve("bad.sloth"),
                """
                workflow.define("w"):tasks({ task("t"):command("true") })
                  :schedule({ cron = "99 2 * * *", overlap = "quee" })
                """);
        var wrong = call("validate", "bad.sloth");
        assertThat(wrong.exit()).isEqualTo(Exit.WRONG);
        assertThat(wrong.err())
                .contains(
                        "SLOTH-4401",
                        "bad.sloth:2",
                        "workflow 'w': schedule: the minute '99'",
                        "overlap cannot be 'quee'");
    }

    @Test
    void validate_tells_of_names_that_no_schedule_can_have_or_two_would() throws Exception {
        Files.writeString(
                folder.resolve("bad.sloth"),
                """
                workflow.define("w"):tasks({ task("t"):command("true") })
                  :schedule({ every = "5s" })
                  :schedule({ every = "6s" })
                  :schedule({ every = "7s", name = "a b" })
                workflow.define("two words"):tasks({ task("t"):command("true") })
                  :schedule({ every = "5s" })
                """);
        for (var words :
                List.of(
                        List.of("validate", "bad.sloth"),
                        List.of("schedule", "add", "-f", "bad.sloth"))) {
            var wrong = call(words.toArray(String[]::new));
            assertThat(wrong.exit()).isEqualTo(Exit.WRONG);
            assertThat(wrong.err())
                    .contains(
                            "bad.sloth:2",
                            "another one of the script is called 'w' too",
                            "SLOTH-4406",
                            "no schedule can be called 'a b'")
                    .doesNotContain("two words", "two-words");
        }
    }

    @Test
    void a_file_of_days_is_a_calendar() throws Exception {
        Files.writeString(folder.resolve("days"), "# holidays\n2026-12-25 # Christmas\nsun\n");
        call("schedule", "add", "c", "-f", "a.sloth", "--cron", "@daily", "--calendar", "days");
        assertThat(call("schedule", "show", "c").out()).contains("exclude: 2026-12-25, sun");
        assertThat(
                        call(
                                        "schedule",
                                        "add",
                                        "d",
                                        "-f",
                                        "a.sloth",
                                        "--cron",
                                        "@daily",
                                        "--calendar",
                                        "no")
                                .err())
                .contains("SLOTH-4404", "cannot be read");
    }

    @Test
    void a_calendar_that_cannot_be_read_is_told_of_in_words() throws Exception {
        Files.createDirectory(folder.resolve("days.d"));
        Files.write(folder.resolve("noise"), new byte[] {(byte) 0xff, (byte) 0xfe});
        for (var each :
                List.of(
                        "nosuch.txt|there is no such file",
                        "days.d|it is a folder",
                        "noise|it is not text in UTF-8")) {
            var name = each.substring(0, each.indexOf('|'));
            var told =
                    call("schedule", "add", "d", "-f", "a.sloth", "--at", "+1h", "--calendar", name)
                            .err();
            assertThat(told)
                    .contains(
                            "the calendar '"
                                    + name
                                    + "' cannot be read: "
                                    + each.substring(each.indexOf('|') + 1))
                    .contains("help: give a text file with a day on each line")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void firing_now_waits_for_serve() {
        added("nightly");
        assertThat(call("schedule", "run", "nightly").out()).contains("fired nightly");
        assertThat(call("schedule", "show", "nightly").out()).contains("ready");
        assertThat(call("schedule", "run", "gone").err()).contains("SLOTH-4405", "nightly");
    }
}
