package dev.sloth.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.testkit.Gen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveViewTest {
    private static final Instant START = Instant.ofEpochSecond(1_000);

    private static Board board(int tasks) {
        var all = IntStream.rangeClosed(1, tasks).mapToObj(n -> Samples.task("task" + n));
        return new Board(Samples.workflow(all.toArray(Task[]::new)));
    }

    private static TaskName name(int n) {
        return new TaskName("task" + n);
    }

    private static List<String> lines(Board board, int width, int height) {
        var now = START.plusSeconds(10);
        return LiveView.lines(
                "deploy",
                board.snapshot(),
                Duration.ofSeconds(10),
                now,
                width,
                height,
                Style.PLAIN);
    }

    private static Outcome succeeded(String message) {
        return Outcome.succeeded(message, new DataTable(), true);
    }

    @Test
    void each_task_has_a_line_with_what_matters_now() {
        var board = board(5);
        board.started(name(1), 1, START);
        board.ended(name(1), succeeded("ready"), START.plusMillis(200));
        board.started(name(2), 2, START.plusSeconds(7));
        board.line(name(2), "compiling \u001b[1mmain.c");
        board.started(name(3), 1, START);
        board.ended(
                name(3), Outcome.failed("exit code 1", Outcome.Failure.NONE), START.plusSeconds(2));
        board.awaiting(List.of(name(4)), START);
        assertThat(lines(board, 80, 24))
                .containsExactly(
                        "deploy  2 of 5 done, 1 running, 1 waiting for approval, 1 failed  10.0s",
                        "  \u2714 task1  0.2s    ready",
                        "  \u25b6 task2  3.0s    attempt 2  compiling main.c",
                        "  \u2718 task3  2.0s    exit code 1",
                        "  \u2026 task4          waits for approval",
                        "  \u00b7 task5");
    }

    @Test
    void more_tasks_than_lines_show_those_that_tell_most_in_the_order_of_the_script() {
        var board = board(20);
        for (int n = 1; n <= 5; n++) {
            board.started(name(n), 1, START);
            board.ended(name(n), succeeded(""), START.plusSeconds(n));
        }
        board.started(name(6), 1, START);
        board.ended(name(6), Outcome.failed("no", Outcome.Failure.NONE), START.plusSeconds(9));
        board.started(name(18), 1, START.plusSeconds(9));
        var lines = lines(board, 80, 6);
        assertThat(lines).hasSize(6);
        assertThat(lines.get(1)).contains("task6");
        assertThat(lines.get(4)).contains("task18");
        assertThat(lines.getLast()).isEqualTo("  ... 11 more waiting, 5 more succeeded");
    }

    @Test
    void never_more_lines_or_columns_than_the_terminal_has() {
        Gen.forAll(
                100,
                gen -> {
                    int tasks = 1 + gen.below(30);
                    var board = board(tasks);
                    for (int n = 1; n <= tasks; n++) {
                        if (gen.below(2) == 0) {
                            board.started(name(n), 1 + gen.below(3), START);
                            board.line(name(n), gen.string("ab \u6f22\t"));
                        }
                    }
                    int width = 20 + gen.below(60);
                    int height = 4 + gen.below(30);
                    var lines = lines(board, width, height);
                    assertThat(lines).hasSizeLessThanOrEqualTo(height);
                    assertThat(lines)
                            .allSatisfy(line ->
                                    assertThat(Columns.width(line)).isLessThanOrEqualTo(width));
                });
    }

    @Test
    void the_last_lines_of_output_are_kept_and_no_more() {
        var board = board(1);
        board.started(name(1), 1, START);
        for (int n = 1; n <= 50; n++) {
            board.line(name(1), "line " + n);
        }
        assertThat(board.snapshot().getFirst().tail())
                .hasSize(Board.TAIL_LINES)
                .startsWith("line 31")
                .endsWith("line 50");
    }

    @Test
    void a_new_attempt_begins_with_no_output() {
        var board = board(1);
        board.started(name(1), 1, START);
        board.line(name(1), "old");
        board.retrying(name(1), START);
        board.started(name(1), 2, START);
        assertThat(board.snapshot().getFirst().tail()).isEmpty();
    }

    @Test
    void times_read_as_people_read_them() {
        var texts = new ArrayList<String>();
        for (var seconds : List.of(0L, 59L, 60L, 3_599L, 3_600L, 90_000L)) {
            texts.add(Took.text(Duration.ofSeconds(seconds)));
        }
        assertThat(texts).containsExactly("0.0s", "59.0s", "1m00s", "59m59s", "1h00m", "25h00m");
    }
}
