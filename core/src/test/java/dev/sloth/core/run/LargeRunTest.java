package dev.sloth.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.RunId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A run that is large: what is counted is events, and that each decision stays small.
class LargeRunTest {
    private static final int TASKS = 100_000;
    private static final int WIDTH = 10;

    /// Longer than any stack is deep.
    private static final int CHAIN = 30_000;

    @Test
    void a_hundred_thousand_tasks_take_four_events_each_and_no_decision_grows_with_the_run() {
        var conductor = new Conductor(new MemoryJournal());
        var inbox = new ArrayDeque<RunCommand>();
        inbox.addAll(conductor.accept(submission()).commands());
        long events = 0;
        int largest = 0;
        while (!inbox.isEmpty()) {
            var step = conductor.accept(answer(inbox.remove()));
            events += step.events().size();
            largest = Math.max(largest, step.events().size());
            inbox.addAll(step.commands());
        }
        assertThat(conductor.state().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(events).isBetween(4L * TASKS, 4L * TASKS + 10);
        assertThat(largest).isLessThan(5 * WIDTH);
    }

    @Test
    void a_long_chain_is_skipped_without_deep_recursion() {
        var tasks = new ArrayList<Flows.Spec>(List.of(Flows.task("t0")));
        for (int i = 1; i < CHAIN; i++) {
            tasks.add(Flows.task("t" + i).needs("t" + (i - 1)));
        }
        var report = new Simulation(Flows.flow(tasks, List.of(), false), 1, 2).failing("t0").run();
        assertThat(report.count(TaskStatus.SKIPPED)).isEqualTo(CHAIN - 1);
        assertThat(report.tasks().getLast().message()).isEqualTo("t0 failed");
    }

    /// Layers of ten tasks; each task depends on two of the layer before.
    private static RunInput submission() {
        var tasks = new ArrayList<Flows.Spec>(TASKS);
        for (int i = 0; i < TASKS; i++) {
            int layer = i / WIDTH;
            var task = Flows.task("t" + i);
            tasks.add(
                    layer == 0
                            ? task
                            : task.needs(
                                    "t" + (i - WIDTH),
                                    "t" + ((layer - 1) * WIDTH + (i + 1) % WIDTH)));
        }
        return new RunInput.Submit(
                Instant.EPOCH,
                new RunId("large"),
                Flows.flow(tasks, List.of(), false),
                Value.Nil.NIL,
                WIDTH,
                1);
    }

    private static RunInput answer(RunCommand command) {
        return switch (command) {
            case RunCommand.Dispatch(var assignment) ->
                    new RunInput.AttemptEnded(
                            Instant.EPOCH,
                            assignment.id(),
                            Outcome.succeeded("", new DataTable(), true));
            case RunCommand.CallHook(var hook, _, _) ->
                    new RunInput.HookEnded(
                            Instant.EPOCH, hook, Outcome.succeeded("", new DataTable(), true));
            case RunCommand.CancelAttempt _,
                    RunCommand.StartTimer _,
                    RunCommand.EvaluateCondition _,
                    RunCommand.CancelCondition _,
                    RunCommand.CancelHook _ ->
                    throw new AssertionError("not expected: " + command);
        };
    }
}
