package dev.sloth.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.WorkflowSchedule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What workflows say of their times.
final class ScheduleFieldTest {
    private final Bench bench = new Bench();

    @Test
    void a_workflow_may_say_several_times_when_it_is_to_run() {
        var schedules =
                bench.define(
                                """
                                local t = task("t"):command("true")
                                workflow.define("a"):tasks({ t })
                                  :schedule({ cron = "@daily", exclude = { "sat", "12-25" } })
                                  :schedule({ every = 90 })
                                workflow.define("b", { tasks = { t }, schedule = { at = "+1m" } })
                                """)
                        .schedules();

        assertThat(schedules).extracting(WorkflowSchedule::workflow).containsExactly("a", "a", "b");
        assertThat(schedules)
                .extracting(WorkflowSchedule::words)
                .containsExactly(
                        Map.of("cron", List.of("@daily"), "exclude", List.of("sat", "12-25")),
                        Map.of("every", List.of("90")),
                        Map.of("at", List.of("+1m")));
        assertThat(schedules.getFirst().at().line()).isEqualTo(3);
    }

    @Test
    void what_is_no_table_and_fields_that_are_not_known_are_told_at_once() {
        var problems =
                bench.problems(
                        """
                        workflow.define("a"):tasks({ task("t"):command("true") })
                          :schedule({ evry = "5m", cron = {} }):schedule(7)
                        """);
        assertThat(problems)
                .anyMatch(p -> p.contains("has no field 'evry', did you mean 'every'?"))
                .anyMatch(p -> p.contains("has a 'cron' that must be a string"))
                .anyMatch(p -> p.contains("must be a table"));
    }
}
