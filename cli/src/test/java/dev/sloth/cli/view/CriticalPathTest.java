package dev.sloth.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.RetryPolicy;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workflow;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CriticalPathTest {
    private static final RetryPolicy ONCE = RetryPolicy.NONE;

    private static List<String> path(Workflow workflow, Map<String, Integer> ends) {
        var at = new HashMap<TaskName, Instant>();
        ends.forEach((name, second) -> at.put(new TaskName(name), Instant.ofEpochSecond(second)));
        return CriticalPath.of(workflow, at).stream().map(TaskName::text).toList();
    }

    @Test
    void it_leads_from_what_ended_last_back_to_what_that_waited_for_longest() {
        var workflow =
                Samples.workflow(
                        Samples.task("a"),
                        Samples.task("b"),
                        Samples.task("c", "a", "b"),
                        Samples.task("d", "a"));
        assertThat(path(workflow, Map.of("a", 5, "b", 9, "c", 12, "d", 11)))
                .containsExactly("b", "c");
        assertThat(path(workflow, Map.of("a", 5, "b", 3, "c", 12, "d", 20)))
                .containsExactly("a", "d");
    }

    @Test
    void tasks_that_did_not_run_are_not_on_it() {
        var workflow = Samples.workflow(Samples.task("a"), Samples.task("b", "a"));
        assertThat(path(workflow, Map.of("a", 5))).containsExactly("a");
        assertThat(path(workflow, Map.of())).isEmpty();
    }

    @Test
    void a_stage_waits_for_the_one_before_and_a_sequence_for_the_task_before() {
        var workflow =
                Samples.workflow(
                        List.of(
                                Samples.stage("one", true, false, "a", "b"),
                                Samples.stage("two", false, false, "c", "d")),
                        Samples.task("a", "one", ONCE),
                        Samples.task("b", "one", ONCE),
                        Samples.task("c", "two", ONCE),
                        Samples.task("d", "two", ONCE));
        assertThat(path(workflow, Map.of("a", 9, "b", 4, "c", 11, "d", 12)))
                .containsExactly("a", "c", "d");
    }
}
