package dev.sloth.core.run;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.RetryPolicy;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.WorkflowHook;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// One decision: the events of one input, with the state as it is after each of them.
final class Decision {
    private static final int ATTEMPTS_PER_TASK = 2 * RetryPolicy.RETRIES_MAX;

    private LiveRun run;
    private final Instant at;
    private final List<RunEvent> events = new ArrayList<>();
    private final TaskSteps tasks = new TaskSteps(this);
    private final StageSteps stages = new StageSteps(this, tasks);

    Decision(LiveRun run, Instant at) {
        this.run = run;
        this.at = at;
    }

    LiveRun run() {
        return run;
    }

    Instant at() {
        return at;
    }

    void emit(RunEvent event) {
        events.add(event);
        run = Evolution.apply(run, event);
    }

    /// What follows from the submission.
    List<RunEvent> begin() {
        if (run.plan().workflow().hooks().containsKey(WorkflowHook.ON_START)) {
            emit(new RunEvent.HookCalled(at, WorkflowHook.ON_START, true));
        }
        stages.proceed();
        return List.copyOf(events);
    }

    List<RunEvent> on(RunInput input) {
        switch (input) {
            case RunInput.Submit again ->
                    throw new IllegalStateException("submitted twice: " + again.run());
            case RunInput.AttemptEnded e -> attemptEnded(e.id(), e.outcome());
            case RunInput.HostEnded e -> hostEnded(e);
            case RunInput.Decided e -> decided(e);
            case RunInput.ConditionAnswered e -> stages.answered(e.stage(), e.answer());
            case RunInput.HookEnded e -> hookEnded(e.hook(), e.outcome());
            case RunInput.TimerFired e -> timerFired(e.timer());
            case RunInput.CancelAsked e -> stop(RunStatus.CANCELLED, e.why());
        }
        if (!events.isEmpty()) {
            stages.proceed();
        }
        return List.copyOf(events);
    }

    private boolean goesOn(AttemptId id) {
        int task = numberOf(id);
        return run.tasks().running().contains(task)
                && run.tasks().at(task).attempts() == id.number();
    }

    private void hostEnded(RunInput.HostEnded e) {
        if (goesOn(e.id())) {
            emit(new RunEvent.HostEnded(at, e.id(), e.share()));
        }
    }

    private void attemptEnded(AttemptId id, Outcome outcome) {
        if (!goesOn(id)) {
            return;
        }
        int task = numberOf(id);
        emit(new RunEvent.AttemptEnded(at, id, outcome));
        if (again(run.plan().task(task), id.number(), outcome.status())) {
            retry(task, id);
            return;
        }
        if (outcome.status() == Outcome.Status.UNKNOWN && tasks.mayWait()) {
            emit(new RunEvent.DecisionAwaited(at, id));
            return;
        }
        tasks.end(task);
        if (outcome.status() == Outcome.Status.ABORTED) {
            stop(RunStatus.ABORTED, "task " + id.task() + " aborted the run");
        }
    }

    /// A stage that is stopping has room for those tasks only that wait for failures.
    private boolean again(Task task, int attempt, Outcome.Status status) {
        if (run.verdict().stopped()
                || (run.stage().stopping() && task.runOnFailureOf().isEmpty())) {
            return false;
        }
        var on = task.retry().on();
        boolean left = attempt <= task.retry().retries();
        return switch (status) {
            case FAILED -> left && on.contains(RetryPolicy.Reason.FAILED);
            case TIMED_OUT -> left && on.contains(RetryPolicy.Reason.TIMED_OUT);
            // Not the task's fault: it may be tried again although it asked for no retries.
            case UNKNOWN ->
                    attempt <= task.retry().retries() + RetryPolicy.UNKNOWN_MAX
                            && (task.idempotent() || on.contains(RetryPolicy.Reason.UNKNOWN));
            case SUCCEEDED, CANCELLED, SKIPPED, ABORTED -> false;
        };
    }

    private void decided(RunInput.Decided e) {
        int task = numberOf(e.id());
        var state = run.tasks().at(task);
        if (state.status() != TaskStatus.UNDECIDED || state.attempts() != e.id().number()) {
            return;
        }
        emit(new RunEvent.AttemptDecided(at, e.id(), e.ruling(), e.by()));
        switch (e.ruling()) {
            case Ruling.Again() -> tasks.again(task);
            case Ruling.Succeeded _, Ruling.Failed _ -> tasks.end(task);
        }
    }

    private int numberOf(AttemptId id) {
        if (!id.run().equals(run.plan().run())) {
            throw new IllegalArgumentException("an attempt of another run: " + id);
        }
        return run.plan().number(id.task());
    }

    private void retry(int task, AttemptId failed) {
        var chance =
                new SplittableRandom(
                        run.plan().submitted().seed()
                                + (long) task * ATTEMPTS_PER_TASK
                                + failed.number());
        var delay = RetryDelays.after(failed.number(), run.plan().task(task).retry(), chance);
        var next = new AttemptId(failed.run(), failed.task(), failed.number() + 1);
        emit(new RunEvent.RetryScheduled(at, next, at.plus(delay)));
    }

    private void hookEnded(WorkflowHook hook, Outcome outcome) {
        if (!awaits(hook)) {
            return;
        }
        emit(new RunEvent.HookEnded(at, hook, outcome));
        if (hook == WorkflowHook.ON_START && outcome.status() != Outcome.Status.SUCCEEDED) {
            stop(RunStatus.FAILED, run.verdict().message());
        }
    }

    private boolean awaits(WorkflowHook hook) {
        return switch (hook) {
            case ON_START -> run.phase() == RunPhase.STARTING;
            case ON_COMPLETE -> run.phase() == RunPhase.COMPLETING;
        };
    }

    private void timerFired(TimerId timer) {
        switch (timer) {
            case TimerId.Retry(var next) -> tasks.due(next);
            case TimerId.RunTimeout() ->
                    stop(
                            RunStatus.TIMED_OUT,
                            "the run took longer than "
                                    + seconds(run.plan().workflow().timeout())
                                    + " seconds");
        }
    }

    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    /// Once the stages are over, nothing is left to stop.
    private void stop(RunStatus as, String why) {
        boolean over =
                switch (run.phase()) {
                    case SUBMITTED, STARTING, STAGES -> false;
                    case COMPLETING, COMPLETED, ENDED -> true;
                };
        if (over || run.verdict().stopped()) {
            return;
        }
        emit(new RunEvent.RunStopping(at, as, why));
        if (run.phase() == RunPhase.STARTING) {
            emit(new RunEvent.HookCancelling(at, WorkflowHook.ON_START));
        }
        stages.cancelQuestion();
        tasks.stopAll();
    }
}
