package dev.sloth.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Action;
import dev.sloth.api.workflow.Assignment;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Placement;
import dev.sloth.api.workflow.RetryPolicy;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workdir;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.api.workflow.WorkflowHook;
import dev.sloth.core.run.Answer;
import dev.sloth.core.run.MemoryJournal;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunInput;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.run.RunStatus;
import dev.sloth.core.run.TaskReport;
import dev.sloth.core.run.TaskStatus;
import dev.sloth.core.store.StoreFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LocalRunTest {
    private static final Duration END_WAIT = Duration.ofSeconds(10);

    private final InstantSource time = InstantSource.system();
    private final List<RunEvent> events = new ArrayList<>();
    private final FakeHands hands = new FakeHands();
    private final LocalRun local =
            new LocalRun(
                    new MemoryJournal(),
                    hands,
                    new Quiet() {
                        @Override
                        public void event(RunEvent event) {
                            events.add(event);
                        }
                    },
                    time,
                    Tenancy.ALONE,
                    END_WAIT);

    private static class Quiet implements RunListener {
        @Override
        public void event(RunEvent event) {}

        @Override
        public void line(AttemptId attempt, String line) {}

        @Override
        public void note(String line) {}
    }

    /// Ends attempts as told by their task's name; `hang` hangs until it is interrupted.
    private static final class FakeHands implements Hands {
        final CountDownLatch hanging = new CountDownLatch(1);
        final CountDownLatch letGo = new CountDownLatch(1);
        final Set<WorkflowHook> called = ConcurrentHashMap.newKeySet();

        @Override
        public Outcome attempt(Assignment assignment) throws InterruptedException {
            var name = assignment.id().task().text();
            if (name.startsWith("hang")) {
                hang();
            }
            if (name.startsWith("break")) {
                throw new IllegalStateException("broken hands");
            }
            if (name.startsWith("starve")) {
                throw new OutOfMemoryError("of this test");
            }
            boolean fails = name.startsWith("flaky") && assignment.id().number() == 1;
            return fails
                    ? Outcome.failed("flaky", Outcome.Failure.NONE)
                    : Outcome.succeeded(name, new DataTable(), true);
        }

        @Override
        public void settled(AttemptId id) {}

        @Override
        public Answer condition(String stage, Condition condition) {
            return new Answer.Yes();
        }

        @Override
        public Outcome hook(
                WorkflowHook hook, FunctionRef function, boolean success, RunReport soFar)
                throws InterruptedException {
            called.add(hook);
            if (function.path().startsWith("hang")) {
                hang();
            }
            return Outcome.succeeded("", new DataTable(), true);
        }

        private void hang() throws InterruptedException {
            hanging.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                letGo.countDown();
            }
        }
    }

    private static Task task(String name) {
        return new Task(
                new TaskName(name),
                "",
                new Action.Nothing(),
                List.of(),
                List.of(),
                new DataTable(),
                Task.TIMEOUT_DEFAULT,
                new RetryPolicy(
                        2,
                        RetryPolicy.Strategy.FIXED,
                        Duration.ofMillis(20),
                        Duration.ofSeconds(1),
                        0,
                        Set.of(RetryPolicy.Reason.FAILED)),
                new Condition.None(),
                new Condition.None(),
                Map.of(),
                Workdir.TEMPORARY,
                "",
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                new Placement.Here(),
                false,
                false,
                "",
                Map.of(),
                Span.NOWHERE);
    }

    private RunInput.Submit submit(Duration timeout, String onComplete, String... tasks) {
        var workflow =
                new Workflow(
                        "local",
                        "",
                        "",
                        Arrays.stream(tasks).map(LocalRunTest::task).toList(),
                        List.of(),
                        4,
                        false,
                        timeout,
                        Map.of(WorkflowHook.ON_COMPLETE, new FunctionRef(onComplete)),
                        Map.of(),
                        Map.of(),
                        List.of(),
                        new DataTable(),
                        Span.NOWHERE);
        return new RunInput.Submit(time.instant(), new RunId("r"), workflow, Value.Nil.NIL, 2, 1);
    }

    @Test
    void a_run_ends_with_a_report_and_its_listener_hears_everything_in_order()
            throws InterruptedException {
        var report = local.run(submit(Duration.ZERO, "done", "a", "b"));
        assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(report.tasks()).extracting(TaskReport::message).containsExactly("a", "b");
        assertThat(events.getFirst()).isInstanceOf(RunEvent.RunSubmitted.class);
        assertThat(events.getLast()).isInstanceOf(RunEvent.RunEnded.class);
        assertThat(hands.called).containsExactly(WorkflowHook.ON_COMPLETE);
    }

    @Test
    void a_failed_attempt_is_tried_again_when_its_time_has_come() throws InterruptedException {
        var report = local.run(submit(Duration.ZERO, "done", "flaky"));
        assertThat(report.tasks()).extracting(TaskReport::attempts).containsExactly(2);
        assertThat(report.duration()).isGreaterThanOrEqualTo(Duration.ofMillis(20));
    }

    @Test
    void hands_that_break_fail_their_task_and_the_fault_is_told() throws InterruptedException {
        var report = local.run(submit(Duration.ZERO, "done", "break", "a"));
        var broken = report.tasks().getFirst();
        assertThat(broken.message()).contains("internal error").contains("broken hands");
        assertThat(broken.failure().traceback()).isNotEmpty();
        assertThat(report.tasks().getLast().status()).isEqualTo(TaskStatus.SUCCEEDED);
    }

    @Test
    void in_the_end_a_cancelled_run_has_called_on_complete() throws InterruptedException {
        whileHanging(() -> local.cancel("enough"));
        var report = local.run(submit(Duration.ZERO, "done", "hang"));
        assertThat(report.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(report.message()).isEqualTo("enough");
        assertThat(report.tasks())
                .extracting(TaskReport::status)
                .containsExactly(TaskStatus.CANCELLED);
        assertThat(hands.called).containsExactly(WorkflowHook.ON_COMPLETE);
    }

    @Test
    void in_the_end_a_run_cancelled_twice_does_not_wait_for_on_complete()
            throws InterruptedException {
        whileHanging(() -> {
            local.cancel("once");
            local.cancel("twice");
        });
        var report = local.run(submit(Duration.ZERO, "hang on_complete", "a"));
        assertThat(report.status()).isEqualTo(RunStatus.FAILED);
        assertThat(report.message()).isEqualTo("on_complete failed: cancelled");
    }

    @Test
    void in_the_end_a_run_has_had_its_time() throws InterruptedException {
        var report = local.run(submit(Duration.ofMillis(50), "done", "hang"));
        assertThat(report.status()).isEqualTo(RunStatus.TIMED_OUT);
    }

    @Test
    void never_leaves_anything_running_when_its_thread_is_interrupted()
            throws InterruptedException {
        var owner = Thread.currentThread();
        whileHanging(owner::interrupt);
        assertThatThrownBy(() -> local.run(submit(Duration.ZERO, "done", "hang")))
                .isInstanceOf(InterruptedException.class);
        assertThat(hands.letGo.getCount()).isZero();
    }

    @Test
    void never_counts_a_task_as_failed_when_memory_is_out() throws InterruptedException {
        assertThatThrownBy(() -> local.run(submit(Duration.ZERO, "hang", "starve")))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(hands.letGo.await(100, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(events).noneMatch(RunEvent.AttemptEnded.class::isInstance);
    }

    @Test
    void never_cancels_what_runs_when_the_store_fails() throws InterruptedException {
        var full = new StoreFailure(StoreFailure.Reason.FULL, "the disk is full");
        var failing =
                new LocalRun(
                        new MemoryJournal(),
                        hands,
                        new Quiet(),
                        time,
                        new Tenancy() {
                            @Override
                            public List<RunInput> look() {
                                if (hands.hanging.getCount() == 0) {
                                    throw full;
                                }
                                return List.of();
                            }

                            @Override
                            public Duration pace() {
                                return Duration.ofMillis(1);
                            }

                            @Override
                            public void kept() {}
                        },
                        END_WAIT);
        assertThatThrownBy(() -> failing.run(submit(Duration.ZERO, "done", "hang"))).isSameAs(full);
        assertThat(hands.letGo.await(100, TimeUnit.MILLISECONDS)).isFalse();
    }

    private void whileHanging(Runnable action) {
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        hands.hanging.await();
                        action.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }
}
