package dev.sloth.core.run;

import dev.sloth.api.workflow.Outcome;
import java.time.Instant;
import java.util.Arrays;

/// A run from its submission on.
record LiveRun(
        RunPlan plan,
        RunPhase phase,
        Tasks tasks,
        StageProgress stage,
        Verdict verdict,
        Instant endedAt)
        implements RunState {

    static LiveRun of(RunEvent.RunSubmitted submitted) {
        var plan = new RunPlan(submitted);
        var none = Outcome.ended(Outcome.Status.UNKNOWN, "");
        var tasks = IntTree.of(plan.size(), task -> waiting(plan, task, none));
        return new LiveRun(
                plan,
                RunPhase.SUBMITTED,
                Tasks.of(tasks),
                StageProgress.NONE,
                Verdict.FINE,
                RunReport.NOT_YET);
    }

    /// The run of this submission as it stood at a snapshot.
    static LiveRun of(RunEvent.RunSubmitted submitted, RunSnapshot snapshot) {
        var plan = new RunPlan(submitted);
        if (plan.size() != snapshot.tasks().size()) {
            throw new IllegalArgumentException(
                    "a snapshot of %d tasks for a run of %d"
                            .formatted(snapshot.tasks().size(), plan.size()));
        }
        var tasks = Tasks.filed(IntTree.of(plan.size(), snapshot.tasks()::get), plan::turnOf);
        return new LiveRun(
                plan,
                snapshot.phase(),
                tasks,
                snapshot.stage(),
                snapshot.verdict(),
                snapshot.endedAt());
    }

    RunSnapshot snapshot() {
        return new RunSnapshot(phase, stage, verdict, endedAt, tasks.all().asList());
    }

    private static TaskState waiting(RunPlan plan, int number, Outcome none) {
        var task = plan.task(number);
        long needs = task.dependsOn().stream().distinct().count();
        long watched = task.runOnFailureOf().stream().distinct().count();
        return TaskState.waiting((int) needs, (int) watched, none);
    }

    @Override
    public RunStatus status() {
        if (phase == RunPhase.ENDED) {
            return verdict.status();
        }
        return waiting() ? RunStatus.WAITING : RunStatus.RUNNING;
    }

    /// Whether nothing goes on until somebody decides.
    private boolean waiting() {
        return phase == RunPhase.STAGES
                && tasks.idle()
                && !tasks.undecided().isEmpty()
                && !stage.asking();
    }

    boolean ended() {
        return phase == RunPhase.ENDED;
    }

    /// Those that are ready, in the order in which they get slots.
    int[] ready() {
        return Arrays.stream(tasks.ready().toArray()).map(plan::atTurn).toArray();
    }

    /// The one of those that are ready which gets the next slot.
    int nextReady() {
        return plan.atTurn(tasks.ready().first());
    }

    StagePlan currentStage() {
        return plan.stages().get(stage.number());
    }

    LiveRun in(RunPhase next) {
        return new LiveRun(plan, next, tasks, stage, verdict, endedAt);
    }

    LiveRun with(Tasks changed) {
        return new LiveRun(plan, phase, changed, stage, verdict, endedAt);
    }

    LiveRun with(StageProgress changed) {
        return new LiveRun(plan, phase, tasks, changed, verdict, endedAt);
    }

    LiveRun with(Verdict changed) {
        return new LiveRun(plan, phase, tasks, stage, changed, endedAt);
    }

    LiveRun ended(Instant at) {
        return new LiveRun(plan, RunPhase.ENDED, tasks, stage, verdict, at);
    }
}
