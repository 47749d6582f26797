package dev.sloth.core.run;

import static dev.sloth.core.run.Flows.task;
import static dev.sloth.core.run.Simulation.statuses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Stage;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workflow;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StagesTest {
    private static final Condition ON_FAILURE = new Condition.Named("previous_stage_failure");
    private static final Condition ALWAYS = new Condition.Named("always");

    private static Workflow flow(List<Stage> stages, String... tasks) {
        return Flows.flow(Arrays.stream(tasks).map(Flows::task).toList(), stages, false);
    }

    private static Stage stage(String name, Condition condition, String... tasks) {
        return Flows.stage(name, true, condition, Stage.OnFailure.ABORT, List.of(tasks));
    }

    private static Stage going(String name, String... tasks) {
        return Flows.stage(
                name, true, new Condition.None(), Stage.OnFailure.CONTINUE, List.of(tasks));
    }

    private static Stage inOrder(String name, String... tasks) {
        return Flows.stage(
                name, false, new Condition.None(), Stage.OnFailure.ABORT, List.of(tasks));
    }

    @Test
    void a_stage_starts_when_the_one_before_is_over() {
        var world =
                new Simulation(
                        flow(List.of(Flows.stage("one", "b"), Flows.stage("two", "a")), "a", "b"),
                        1,
                        4);
        assertThat(world.run().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(world.journal.read())
                .filteredOn(RunEvent.AttemptAssigned.class::isInstance)
                .extracting(e -> ((RunEvent.AttemptAssigned) e).id().task().text())
                .containsExactly("b", "a");
    }

    @Test
    void after_an_aborting_stage_only_those_run_that_ask_for_failure_or_always() {
        var stages =
                List.of(
                        Flows.stage("build", "a"),
                        Flows.stage("deploy", "b"),
                        stage("undo", ON_FAILURE, "c"),
                        Flows.stage("announce", "d"),
                        stage("asked", new Condition.Shell("true"), "e"),
                        stage("tidy", ALWAYS, "f"));
        var report =
                new Simulation(flow(stages, "a", "b", "c", "d", "e", "f"), 1, 4).failing("a").run();
        assertThat(statuses(report))
                .containsExactly(
                        "a FAILED",
                        "b SKIPPED",
                        "c SUCCEEDED",
                        "d SKIPPED",
                        "e SKIPPED",
                        "f SUCCEEDED");
        assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void after_a_failed_stage_that_continues_later_ones_run_and_the_run_still_fails() {
        var stages =
                List.of(
                        going("try", "a"),
                        Flows.stage("next", "b"),
                        stage("undo", ON_FAILURE, "c"));
        var report = new Simulation(flow(stages, "a", "b", "c"), 1, 4).failing("a").run();
        assertThat(statuses(report)).containsExactly("a FAILED", "b SUCCEEDED", "c SKIPPED");
        assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void a_skipped_stage_is_looked_through() {
        var stages =
                List.of(
                        going("try", "a"),
                        stage("never", new Condition.Fixed(false), "b"),
                        stage("undo", ON_FAILURE, "c"));
        var report = new Simulation(flow(stages, "a", "b", "c"), 1, 4).failing("a").run();
        assertThat(statuses(report)).containsExactly("a FAILED", "b SKIPPED", "c SUCCEEDED");
    }

    @Test
    void dependents_of_a_stage_that_its_condition_skipped_still_run() {
        var tasks = List.of(task("a"), task("b").needs("a"));
        var stages =
                List.of(
                        stage("maybe", new Condition.Shell("false"), "a"),
                        Flows.stage("next", "b"));
        var report =
                new Simulation(Flows.flow(tasks, stages, false), 1, 4)
                        .answers(stage -> new Answer.No())
                        .run();
        assertThat(statuses(report)).containsExactly("a SKIPPED", "b SUCCEEDED");
        assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void a_condition_that_cannot_be_evaluated_fails_its_stage() {
        var stages =
                List.of(
                        stage("maybe", new Condition.Shell("?"), "a"),
                        stage("undo", ON_FAILURE, "b"));
        var report =
                new Simulation(flow(stages, "a", "b"), 1, 4)
                        .answers(stage -> new Answer.Failed("no shell"))
                        .run();
        assertThat(statuses(report)).containsExactly("a SKIPPED", "b SUCCEEDED");
        assertThat(report.status()).isEqualTo(RunStatus.FAILED);
        assertThat(report.message()).isEqualTo("the condition of stage maybe failed: no shell");
    }

    @Test
    void a_stage_that_is_not_parallel_runs_one_after_the_other_and_ends_with_the_first_failure() {
        var stages = List.of(inOrder("steps", "a", "b", "c"));
        var report = new Simulation(flow(stages, "a", "b", "c"), 1, 4).failing("b").run();
        assertThat(statuses(report)).containsExactly("a SUCCEEDED", "b FAILED", "c SKIPPED");
        assertThat(report.task(new TaskName("c")).orElseThrow().message()).isEqualTo("b failed");
    }

    @Test
    void a_sequence_waits_while_a_task_waits_for_its_next_attempt() {
        var tasks = List.of(task("a").retry(Flows.retries(1)), task("b"));
        var world =
                new Simulation(Flows.flow(tasks, List.of(inOrder("steps", "a", "b")), false), 1, 4)
                        .ends(id ->
                                id.task().text().equals("a") && id.number() == 1
                                        ? Outcome.Status.FAILED
                                        : Outcome.Status.SUCCEEDED);
        var report = world.run();
        assertThat(statuses(report)).containsExactly("a SUCCEEDED", "b SUCCEEDED");
        assertThat(report.tasks().getLast().startedAt())
                .isAfterOrEqualTo(report.tasks().getFirst().endedAt());
    }
}
