package dev.sloth.core.run;

import static dev.sloth.core.run.Flows.flow;
import static dev.sloth.core.run.Flows.retries;
import static dev.sloth.core.run.Flows.task;
import static dev.sloth.core.run.Simulation.find;
import static dev.sloth.core.run.Simulation.statuses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Assignment;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.RetryPolicy;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Stage;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.WorkflowHook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunEngineTest {
    @Test
    void a_workflow_without_tasks_succeeds() {
        assertThat(new Simulation(flow(), 1, 2).run().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void tasks_start_in_the_order_of_the_script_as_far_as_dependencies_allow() {
        var world =
                new Simulation(flow(task("c").needs("a"), task("b"), task("a"), task("d")), 1, 1);
        world.run();
        assertThat(started(world)).containsExactly("b", "a", "c", "d");
    }

    @Test
    void where_tasks_wait_for_a_slot_the_highest_priority_goes_first() {
        var world =
                new Simulation(
                        flow(
                                task("first"),
                                task("low").needs("first").priority(-1),
                                task("plain").needs("first"),
                                task("high").needs("first").priority(5),
                                task("other").needs("first").priority(5)),
                        1,
                        1);
        world.run();
        assertThat(started(world)).containsExactly("first", "high", "other", "plain", "low");
    }

    @Test
    void in_a_sequence_the_order_of_the_script_counts_and_no_priority() {
        var tasks = List.of(task("a"), task("b").priority(9));
        var steps =
                Flows.stage(
                        "steps",
                        false,
                        new Condition.None(),
                        Stage.OnFailure.ABORT,
                        List.of("a", "b"));
        var world = new Simulation(flow(tasks, List.of(steps), false), 1, 4);
        world.run();
        assertThat(started(world)).containsExactly("a", "b");
    }

    @Test
    void outputs_of_dependencies_become_inputs_and_skipped_ones_give_an_empty_table() {
        var world =
                new Simulation(flow(task("a"), task("b"), task("c").needs("a", "b")), 1, 2)
                        .ends(id ->
                                id.task().text().equals("b")
                                        ? Outcome.Status.SKIPPED
                                        : Outcome.Status.SUCCEEDED);
        assertThat(statuses(world.run()))
                .containsExactly("a SUCCEEDED", "b SKIPPED", "c SUCCEEDED");
        assertThat(assignments(world).getLast().inputs())
                .isEqualTo(
                        Map.of(
                                new TaskName("a"),
                                new DataTable().with("from", "a"),
                                new TaskName("b"),
                                new DataTable()));
    }

    @Test
    void a_failed_task_skips_its_dependents_by_name_while_other_branches_go_on() {
        var report =
                new Simulation(
                                flow(
                                        task("a"),
                                        task("b").needs("a"),
                                        task("c").needs("b"),
                                        task("d")),
                                1,
                                2)
                        .failing("a")
                        .run();
        assertThat(statuses(report))
                .containsExactly("a FAILED", "b SKIPPED", "c SKIPPED", "d SUCCEEDED");
        assertThat(find(report, "c").message()).isEqualTo("a failed");
        assertThat(report.status()).isEqualTo(RunStatus.FAILED);
        assertThat(report.message()).isEqualTo("task a failed: as planned");
    }

    @Test
    void fail_fast_cancels_what_runs_but_what_waits_for_failures_still_comes() {
        var flow =
                flow(
                        List.of(
                                task("a"),
                                task("b").needs("a"),
                                task("clean").watches("a", "b"),
                                task("more").needs("clean")),
                        List.of(),
                        true);
        assertThat(statuses(new Simulation(flow, 1, 2).failing("a").run()))
                .containsExactly("a FAILED", "b SKIPPED", "clean SUCCEEDED", "more SKIPPED");
    }

    @Test
    void a_task_that_waits_for_failures_is_skipped_when_there_is_none() {
        var report = new Simulation(flow(task("a"), task("b").watches("a")), 1, 2).run();
        assertThat(statuses(report)).containsExactly("a SUCCEEDED", "b SKIPPED");
        assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void a_task_may_need_one_and_watch_another() {
        var flow = flow(task("a"), task("b"), task("c").needs("a").watches("b"));
        assertThat(statuses(new Simulation(flow, 1, 2).failing("b").run()))
                .containsExactly("a SUCCEEDED", "b FAILED", "c SUCCEEDED");
    }

    @Test
    void a_failed_attempt_is_tried_again_until_it_succeeds() {
        var report =
                new Simulation(flow(task("a").retry(retries(3))), 1, 1)
                        .ends(id ->
                                id.number() < 3 ? Outcome.Status.FAILED : Outcome.Status.SUCCEEDED)
                        .run();
        assertThat(find(report, "a").attempts()).isEqualTo(3);
        assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(report.duration()).isGreaterThan(Duration.ofSeconds(2));
    }

    @Test
    void an_unknown_outcome_is_tried_again_only_where_that_is_harmless() {
        var flow =
                flow(
                        task("a").retry(retries(1)),
                        task("b").retry(retries(1)).idempotent(true),
                        task("c").retry(retries(1, RetryPolicy.Reason.UNKNOWN)));
        var report = new Simulation(flow, 1, 3).ends(id -> Outcome.Status.UNKNOWN).run();
        int most = 2 + RetryPolicy.UNKNOWN_MAX;
        assertThat(report.tasks()).extracting(TaskReport::attempts).containsExactly(1, most, most);
        assertThat(report.status()).isEqualTo(RunStatus.FAILED);
        assertThat(find(report, "a").message()).contains("decided by somebody");
    }

    @Test
    void a_run_waits_for_a_decision_while_the_rest_goes_on() {
        var flow = flow(task("a"), task("b").needs("a"), task("c"));
        var simulation =
                new Simulation(flow, 1, 3)
                        .ends(id ->
                                id.task().text().equals("a")
                                        ? Outcome.Status.UNKNOWN
                                        : Outcome.Status.SUCCEEDED)
                        .rules(id ->
                                new Ruling.Succeeded(new DataTable().with("from", "somebody")));
        var report = simulation.run();
        assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(find(report, "a").outputs()).isEqualTo(new DataTable().with("from", "somebody"));
        assertThat(find(report, "b").status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(simulation.journal.read())
                .hasAtLeastOneElementOfType(RunEvent.DecisionAwaited.class)
                .hasAtLeastOneElementOfType(RunEvent.AttemptDecided.class);
    }

    @Test
    void an_attempt_that_is_decided_to_run_again_has_the_next_number() {
        var report =
                new Simulation(flow(task("a")), 1, 1)
                        .ends(id ->
                                id.number() == 1
                                        ? Outcome.Status.UNKNOWN
                                        : Outcome.Status.SUCCEEDED)
                        .rules(id -> new Ruling.Again())
                        .run();
        assertThat(find(report, "a").attempts()).isEqualTo(2);
        assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void what_an_earlier_run_did_is_not_done_again_and_its_outputs_are_given_on() {
        var earlier = Outcome.succeeded("done", new DataTable().with("from", "earlier"), true);
        var reuse = new Reuse(new RunId("earlier"), Map.of(new TaskName("a"), earlier));
        var conductor = new Conductor(new MemoryJournal());
        var workflow = Flows.withoutHooks(task("a"), task("b").needs("a"));
        var step =
                conductor.accept(
                        new RunInput.Submit(
                                Instant.EPOCH,
                                new RunId("again"),
                                workflow,
                                Value.Nil.NIL,
                                2,
                                1,
                                reuse));
        assertThat(step.events()).hasAtLeastOneElementOfType(RunEvent.TaskReused.class);
        assertThat(step.commands())
                .singleElement()
                .isInstanceOfSatisfying(
                        RunCommand.Dispatch.class,
                        d -> {
                            assertThat(d.assignment().id().task()).isEqualTo(new TaskName("b"));
                            assertThat(d.assignment().inputs())
                                    .containsEntry(new TaskName("a"), earlier.outputs());
                        });
    }

    @Test
    void what_was_asked_for_and_not_answered_is_outstanding() {
        var conductor = new Conductor(new MemoryJournal());
        var workflow = Flows.withoutHooks(task("a").retry(retries(1)), task("b").needs("a"));
        var run = new RunId("r");
        var asked =
                conductor.accept(
                        new RunInput.Submit(Instant.EPOCH, run, workflow, Value.Nil.NIL, 2, 1));
        assertThat(conductor.outstanding()).isEqualTo(asked.commands());
        var failed = Outcome.ended(Outcome.Status.FAILED, "no");
        var timer =
                conductor.accept(
                        new RunInput.AttemptEnded(
                                Instant.EPOCH, new AttemptId(run, new TaskName("a"), 1), failed));
        assertThat(conductor.outstanding())
                .isEqualTo(timer.commands())
                .singleElement()
                .isInstanceOf(RunCommand.StartTimer.class);
    }

    @Test
    void a_cancelled_run_does_not_wait_for_decisions() {
        var report =
                new Simulation(flow(task("a")), 1, 1)
                        .ends(id -> Outcome.Status.UNKNOWN)
                        .rules(id -> new Ruling.Again())
                        .cancelAfter(Duration.ofMillis(150))
                        .run();
        assertThat(report.status().ended()).isTrue();
    }

    @Test
    void a_task_may_abort_the_run() {
        var report =
                new Simulation(flow(task("a"), task("b").needs("a"), task("c")), 1, 2)
                        .ends(id ->
                                id.task().text().equals("a")
                                        ? Outcome.Status.ABORTED
                                        : Outcome.Status.SUCCEEDED)
                        .run();
        assertThat(report.status()).isEqualTo(RunStatus.ABORTED);
        assertThat(find(report, "b").status()).isEqualTo(TaskStatus.SKIPPED);
    }

    @Test
    void a_run_has_its_time() {
        var flow =
                flow(
                        List.of(task("a").retry(retries(100))),
                        List.of(),
                        false,
                        Duration.ofSeconds(5));
        var report = new Simulation(flow, 1, 1).failing("a").run();
        assertThat(report.status()).isEqualTo(RunStatus.TIMED_OUT);
        assertThat(report.message()).isEqualTo("the run took longer than 5 seconds");
        assertThat(report.duration()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
        assertThat(find(report, "a").status()).isEqualTo(TaskStatus.FAILED);
    }

    @Test
    void a_failed_on_start_fails_the_run_before_its_first_task() {
        var report =
                new Simulation(flow(task("a")), 1, 1)
                        .hook(WorkflowHook.ON_START, Outcome.Status.FAILED)
                        .run();
        assertThat(report.status()).isEqualTo(RunStatus.FAILED);
        assertThat(report.message()).isEqualTo("on_start failed: as planned");
        assertThat(statuses(report)).containsExactly("a SKIPPED");
    }

    @Test
    void a_failed_on_complete_fails_a_run_that_had_succeeded() {
        var report =
                new Simulation(flow(task("a")), 1, 1)
                        .hook(WorkflowHook.ON_COMPLETE, Outcome.Status.FAILED)
                        .run();
        assertThat(report.status()).isEqualTo(RunStatus.FAILED);
        assertThat(statuses(report)).containsExactly("a SUCCEEDED");
    }

    @Test
    void on_complete_hears_whether_the_run_went_well() {
        for (boolean well : List.of(true, false)) {
            var world = new Simulation(flow(task("a")), 1, 1);
            if (!well) {
                world.failing("a");
            }
            world.run();
            assertThat(world.commands.getLast())
                    .isInstanceOfSatisfying(
                            RunCommand.CallHook.class,
                            call -> assertThat(call.success()).isEqualTo(well));
        }
    }

    private static List<Assignment> assignments(Simulation world) {
        return world.commands.stream()
                .filter(RunCommand.Dispatch.class::isInstance)
                .map(c -> ((RunCommand.Dispatch) c).assignment())
                .toList();
    }

    private static List<String> started(Simulation world) {
        return assignments(world).stream().map(a -> a.id().task().text()).toList();
    }
}
