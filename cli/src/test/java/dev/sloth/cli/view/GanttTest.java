package dev.sloth.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.TaskName;
import dev.sloth.cli.view.Timeline.Attempt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GanttTest {
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private static Attempt attempt(
            String task, int number, int ready, int started, int ended, String status) {
        return new Attempt(
                new TaskName(task),
                number,
                START.plusSeconds(ready),
                START.plusSeconds(started),
                START.plusSeconds(ended),
                status);
    }

    private static Timeline timeline(int seconds, List<Attempt> attempts, String... path) {
        return new Timeline(
                START,
                START.plusSeconds(seconds),
                attempts,
                Arrays.stream(path).map(TaskName::new).toList());
    }

    private static List<String> drawn(Timeline timeline, int width) {
        return Gantt.lines(timeline, width, Style.PLAIN);
    }

    @Test
    void queue_and_run_are_told_apart_and_the_critical_path_is_marked() {
        var timeline =
                timeline(
                        40,
                        List.of(
                                attempt("build", 1, 0, 0, 20, "succeeded"),
                                attempt("lint", 1, 0, 10, 14, "succeeded"),
                                attempt("test", 1, 20, 24, 30, "failed"),
                                attempt("test", 2, 32, 32, 40, "succeeded")),
                        "build",
                        "test");
        assertThat(drawn(timeline, 69))
                .containsExactly(
                        "           0s                                 40.0s   queued     took",
                        "* build    ████████████████████                         0.0s    20.0s",
                        "  lint     ··········▒▒▒▒                              10.0s     4.0s",
                        "* test                         ····██████               4.0s     6.0s",
                        "* test #2                                  ████████     0.0s     8.0s",
                        "· queued  ▒ ran  █ * critical path");
    }

    @Test
    void what_waits_for_a_slot_and_what_still_runs_last_until_now() {
        var timeline =
                timeline(
                        10,
                        List.of(
                                attempt("a", 1, 0, 0, 10, "running"),
                                attempt("b", 1, 5, 10, 10, Timeline.QUEUED)),
                        "a");
        var lines = drawn(timeline, 49);
        assertThat(lines.get(1)).isEqualTo("* a  " + "█".repeat(26) + "     0.0s    10.0s");
        assertThat(lines.get(2))
                .isEqualTo("  b  " + " ".repeat(13) + "·".repeat(13) + "     5.0s     0.0s");
    }

    @Test
    void no_line_is_wider_than_the_terminal_whatever_there_is_to_draw() {
        var attempts = new ArrayList<Attempt>();
        for (int i = 0; i < 50; i++) {
            int at = i * 7919 % 100;
            attempts.add(
                    attempt("任务".repeat(i % 30 + 1), i % 3 + 1, at, at + i % 5, at + i, "failed"));
        }
        for (int width : List.of(40, 41, 80, 120, 333)) {
            assertThat(drawn(timeline(100, attempts, "任务"), width))
                    .allMatch(line -> Columns.width(line) <= width, "fits into " + width);
        }
    }

    @Test
    void attempts_that_took_no_time_and_clocks_that_were_set_back_are_drawn_all_the_same() {
        var attempts =
                List.of(
                        attempt("a", 1, 0, 0, 0, "succeeded"),
                        attempt("b", 1, 50, 20, 10, "succeeded"),
                        attempt("c", 1, -9, -5, -1, "succeeded"));
        assertThat(drawn(timeline(0, attempts, "a"), 80)).hasSize(5);
        assertThat(drawn(timeline(30, attempts, "a"), 80))
                .allMatch(line -> Columns.width(line) <= 80)
                .filteredOn(line -> line.contains("▒") && !line.contains("queued"))
                .hasSize(2);
    }

    @Test
    void of_more_than_fit_the_critical_path_and_the_longest_are_drawn_and_the_rest_is_counted() {
        var attempts = new ArrayList<Attempt>();
        for (int i = 0; i < 1_500; i++) {
            attempts.add(attempt("t" + i, 1, i, i, i + 1 + i % 10, "succeeded"));
        }
        var lines = drawn(timeline(1_600, attempts, "t0", "t1490"), 80);
        assertThat(lines).hasSize(Gantt.ROWS_MAX + 3);
        assertThat(lines.get(1)).startsWith("* t0 ");
        assertThat(lines).anyMatch(line -> line.startsWith("* t1490 "));
        assertThat(lines).contains("  ... and 1440 more attempts");
    }

    @Test
    void without_attempts_nothing_is_drawn() {
        assertThat(drawn(timeline(5, List.of()), 80)).isEmpty();
    }
}
