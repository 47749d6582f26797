package dev.sloth.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.Placement;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.Stage;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static Workflow with(Stage stage) {
        return Flows.flow(List.of(Flows.task("a")), List.of(stage), false);
    }

    private static List<String> codes(Workflow workflow) {
        return Refusals.of(workflow, false).stream().map(Problem::code).toList();
    }

    @Test
    void a_plain_workflow_is_not_refused() {
        assertThat(codes(with(Flows.stage("one", "a")))).isEmpty();
    }

    @Test
    void everything_that_needs_a_master_is_named_at_once() {
        var stage =
                new Stage(
                        "live",
                        true,
                        new Condition.Named("canary_success"),
                        List.of(new TaskName("a")),
                        Stage.OnFailure.ROLLBACK,
                        true,
                        List.of("ops"),
                        "canary",
                        new DataTable(),
                        Span.NOWHERE);
        assertThat(codes(with(stage)))
                .containsExactly("SLOTH-3002", "SLOTH-3003", "SLOTH-3004", "SLOTH-3005");
    }

    @Test
    void a_delegated_task_needs_a_master() {
        var task = Flows.task("a").on(new Placement.Agents(List.of("web-1")));
        assertThat(Refusals.of(Flows.flow(task), false))
                .singleElement()
                .hasToString("task a is delegated, which needs a master [SLOTH-3001]");
    }

    @Test
    void words_are_conditions_of_stages_only() {
        var task = Flows.task("a").runIf(new Condition.Named("canary_success"));
        assertThat(codes(Flows.flow(task))).containsExactly("SLOTH-3005");
    }

    @Test
    void a_task_cannot_wait_for_one_of_a_later_stage() {
        var tasks = List.of(Flows.task("a").needs("b"), Flows.task("b"));
        var stages = List.of(Flows.stage("one", "a"), Flows.stage("two", "b"));
        assertThat(codes(Flows.flow(tasks, stages, false))).containsExactly("SLOTH-3006");
    }

    @Test
    void what_is_refused_is_not_submitted() {
        var bad =
                with(
                        Flows.stage(
                                "one",
                                true,
                                new Condition.Named("?"),
                                Stage.OnFailure.ABORT,
                                List.of("a")));
        var submit = new RunInput.Submit(Instant.EPOCH, new RunId("r"), bad, Value.Nil.NIL, 1, 1);
        var journal = new MemoryJournal();
        assertThatThrownBy(() -> new Conductor(journal).accept(submit))
                .isInstanceOf(Problems.class);
        assertThat(journal.read()).isEmpty();
    }
}
