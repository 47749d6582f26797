package dev.sloth.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.TaskName;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TaskReportTest {
    private static final Instant START = Instant.parse("2026-03-29T01:30:00Z");
    private static final Instant NOW = START.plusSeconds(90);

    private static TaskReport report(TaskStatus status, int attempts, Instant end) {
        return new TaskReport(
                new TaskName("t"),
                "",
                status,
                attempts,
                START,
                end,
                "",
                new DataTable(),
                false,
                Outcome.Failure.NONE);
    }

    @Test
    void a_task_that_goes_on_has_taken_the_time_since_its_start() {
        var running = report(TaskStatus.RUNNING, 1, RunReport.NOT_YET);
        assertThat(running.goesOn()).isTrue();
        assertThat(running.duration(NOW)).isEqualTo(Duration.ofSeconds(90));
        assertThat(running.duration(START.minusSeconds(5))).isZero();
    }

    @Test
    void a_task_that_has_ended_or_never_began_has_taken_what_it_took() {
        var ended = report(TaskStatus.FAILED, 2, START.plusSeconds(7));
        assertThat(ended.goesOn()).isFalse();
        assertThat(ended.duration(NOW)).isEqualTo(Duration.ofSeconds(7));
        var waiting = report(TaskStatus.WAITING, 0, RunReport.NOT_YET);
        assertThat(waiting.goesOn()).isFalse();
        assertThat(waiting.duration(NOW)).isZero();
    }
}
