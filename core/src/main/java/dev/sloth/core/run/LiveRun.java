package dev.sloth.core.run;

import dev.sloth.api.workflow.Outcome;
import java.time.Instant;
import java.util.Arrays;

/// A run from its submission on.
record LiveRun(
        RunPlan plan,
        Phase phase,
        Tasks tasks,
        StageProgress stage,
        Verdict verdict,
        Instant endedAt)
        implements RunState {

    /// What the run is waiting for or doing.
    enum Phase {
        SUBMITTED,
        /// `on_start` runs.
        STARTING,
        STAGES,
        /// `on_complete` runs.
        COMPLETING,
        /// `on_complete` has run.
        COMPLETED,
        ENDED
    }

    static LiveRun of(RunEvent.RunSubmitted submitted) {
        var plan = new RunPlan(submitted);
        var none = Outcome.ended(Outcome.Status.UNKNOWN, "");
        var tasks = IntTree.of(plan.size(), task -> waiting(plan, task, none));
        return new LiveRun(
                plan,
                Phase.SUBMITTED,
                Tasks.of(tasks),
                StageProgress.NONE,
                Verdict.FINE,
                RunReport.NOT_YET);
    }

    private static TaskState waiting(RunPlan plan, int number, Outcome none) {
        var task = plan.task(number);
        long needs = task.dependsOn().stream().distinct().count();
        long watched = task.runOnFailureOf().stream().distinct().count();
        return TaskState.waiting((int) needs, (int) watched, none);
    }

    @Override
    public RunStatus status() {
        return phase == Phase.ENDED ? verdict.status() : RunStatus.RUNNING;
    }

    boolean ended() {
        return phase == Phase.ENDED;
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

    LiveRun in(Phase next) {
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
        return new LiveRun(plan, Phase.ENDED, tasks, stage, verdict, at);
    }
}
