package dev.sloth.core.run;

import dev.sloth.api.workflow.AttemptId;
import java.util.ArrayDeque;
import java.util.Deque;

/// The part of a decision that is about tasks: which become ready, which never will.
final class TaskSteps {
    private final Decision decision;
    private final Deque<Integer> settled = new ArrayDeque<>();

    TaskSteps(Decision decision) {
        this.decision = decision;
    }

    private LiveRun run() {
        return decision.run();
    }

    private TaskState state(int task) {
        return run().tasks().at(task);
    }

    /// Whether there is time for somebody to decide: not in a stage or a run that ends early.
    boolean mayWait() {
        return !run().verdict().stopped() && !run().stage().stopping();
    }

    /// It was decided to try a task again.
    void again(int task) {
        decision.emit(new RunEvent.TaskReady(decision.at(), run().plan().name(task)));
    }

    /// The last attempt of a task is over: ends it as that one ended.
    void end(int task) {
        var last = state(task).last();
        var status = TaskStatus.of(last.status());
        var message =
                status == TaskStatus.UNKNOWN
                        ? "nobody can tell whether it ran, and it may not be tried again"
                        : last.message();
        decision.emit(
                new RunEvent.TaskEnded(decision.at(), run().plan().name(task), status, message));
        if (status.failed() && stopsStage()) {
            stopStage(task);
        }
        settled.add(task);
        lookAtDependents();
    }

    /// Whether one failure ends the stage: asked for by the workflow, or because what comes later
    /// in a sequence counts on what came before.
    private boolean stopsStage() {
        return !run().verdict().stopped()
                && !run().stage().stopping()
                && (run().plan().workflow().failFast() || !run().currentStage().parallel());
    }

    private void stopStage(int task) {
        var name = run().plan().name(task);
        decision.emit(new RunEvent.StageStopping(decision.at(), run().currentStage().name(), name));
        for (int waiting : run().ready()) {
            if (state(waiting).attempts() == 0) {
                skip(waiting, SkipReason.STAGE_STOPPED, name + " failed");
            }
        }
        stopAll();
    }

    /// Cancels what runs, and ends as failed what was to be tried again.
    void stopAll() {
        for (int task : run().tasks().running().toArray()) {
            if (state(task).status() == TaskStatus.RUNNING) {
                decision.emit(new RunEvent.AttemptCancelling(decision.at(), attempt(task)));
            }
        }
        for (int task : run().tasks().retrying().toArray()) {
            end(task);
        }
        for (int task : run().tasks().undecided().toArray()) {
            end(task);
        }
        for (int task : run().ready()) {
            if (state(task).attempts() > 0) {
                end(task);
            }
        }
    }

    private AttemptId attempt(int task) {
        var plan = run().plan();
        return new AttemptId(plan.run(), plan.name(task), state(task).attempts());
    }

    /// The time of a next attempt has come.
    void due(AttemptId next) {
        int task = run().plan().number(next.task());
        var state = state(task);
        if (state.status() == TaskStatus.RETRYING && state.attempts() + 1 == next.number()) {
            decision.emit(new RunEvent.TaskReady(decision.at(), next.task()));
        }
    }

    /// Gives the task at the head of those that are ready to an executor.
    void assign() {
        int task = run().nextReady();
        var plan = run().plan();
        var id = new AttemptId(plan.run(), plan.name(task), state(task).attempts() + 1);
        decision.emit(new RunEvent.AttemptAssigned(decision.at(), id));
    }

    void skip(int task, SkipReason reason, String why) {
        decision.emit(
                new RunEvent.TaskSkipped(decision.at(), run().plan().name(task), reason, why));
        settled.add(task);
    }

    /// The stage of a task has started: decides whether the task is ready, or never will be.
    void lookAt(int task) {
        resolve(task);
        lookAtDependents();
    }

    private void lookAtDependents() {
        while (!settled.isEmpty()) {
            int task = settled.remove();
            for (int other : run().plan().neededBy(task)) {
                resolve(other);
            }
            for (int other : run().plan().watchedBy(task)) {
                resolve(other);
            }
        }
    }

    private void resolve(int task) {
        var state = state(task);
        if (state.status() != TaskStatus.WAITING
                || !run().stage().holds(run().plan().stageOf(task))) {
            return;
        }
        if (state.blockedBy() != TaskState.NOBODY) {
            skip(task, SkipReason.DEPENDENCY, blame(state.blockedBy()));
            return;
        }
        if (state.needs() > 0 || run().verdict().stopped()) {
            return;
        }
        boolean watches = !run().plan().task(task).runOnFailureOf().isEmpty();
        if (watches && state.watched() == 0 && !state.triggered()) {
            skip(task, SkipReason.NOTHING_FAILED, "nothing failed that it waits for");
        } else if (watches ? triggered(state) : !run().stage().stopping()) {
            ready(task);
        }
    }

    /// What was done in an earlier run is not done again.
    private void ready(int task) {
        var name = run().plan().name(task);
        var reuse = run().plan().submitted().reuse();
        var outcome = reuse.outcomes().get(name);
        if (outcome == null) {
            decision.emit(new RunEvent.TaskReady(decision.at(), name));
            return;
        }
        decision.emit(new RunEvent.TaskReused(decision.at(), name, reuse.from(), outcome));
        settled.add(task);
    }

    /// In a stage that is stopping, others that it waits for may never start: it goes at once.
    private boolean triggered(TaskState state) {
        return state.triggered() && (state.watched() == 0 || run().stage().stopping());
    }

    private String blame(int blocker) {
        var name = run().plan().name(blocker);
        return switch (state(blocker).status()) {
            case FAILED, TIMED_OUT, UNKNOWN -> name + " failed";
            case CANCELLED -> name + " was cancelled";
            case ABORTED -> name + " aborted the run";
            case SKIPPED, WAITING, READY, RUNNING, CANCELLING, RETRYING, UNDECIDED, SUCCEEDED ->
                    name + " was skipped";
        };
    }
}
