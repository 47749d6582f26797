package dev.sloth.core.run;

import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Stage;
import dev.sloth.api.workflow.WorkflowHook;
import java.util.function.UnaryOperator;

/// What each event changes. No choice is made here: that was done when the event was decided.
final class Evolution {
    private Evolution() {}

    static LiveRun apply(LiveRun run, RunEvent event) {
        return switch (event) {
            case RunEvent.RunSubmitted e ->
                    throw new IllegalStateException("submitted twice: " + e.run());
            case RunEvent.HookCalled e -> run.in(phaseOf(e.hook()));
            case RunEvent.HookCancelling _, RunEvent.HostEnded _ -> run;
            case RunEvent.HookEnded e -> hookEnded(run, e);
            case RunEvent.ConditionAsked _ -> nextStage(run, StageProgress.Step.ASKING);
            case RunEvent.ConditionCancelling _ -> run.with(run.stage().cancelling());
            case RunEvent.StageStarted _ -> stageStarted(run);
            case RunEvent.StageStopping e ->
                    run.with(run.stage().stopping(run.plan().number(e.because())));
            case RunEvent.StageSkipped e -> stageSkipped(run, e);
            case RunEvent.StageEnded e -> stageEnded(run, e.failed());
            case RunEvent.TaskReady e ->
                    task(run, run.plan().number(e.task()), t -> t.with(TaskStatus.READY));
            case RunEvent.AttemptAssigned e ->
                    task(
                            run,
                            run.plan().number(e.id().task()),
                            t -> t.assigned(e.id().number(), e.at()));
            case RunEvent.AttemptCancelling e ->
                    task(run, run.plan().number(e.id().task()), t -> t.with(TaskStatus.CANCELLING));
            case RunEvent.AttemptEnded e ->
                    task(run, run.plan().number(e.id().task()), t -> t.attempted(e.outcome()));
            case RunEvent.DecisionAwaited e ->
                    task(run, run.plan().number(e.id().task()), t -> t.with(TaskStatus.UNDECIDED));
            case RunEvent.AttemptDecided e ->
                    task(run, run.plan().number(e.id().task()), t -> t.ruled(e.ruling(), e.by()));
            case RunEvent.RetryScheduled e ->
                    task(run, run.plan().number(e.next().task()), t -> t.dueAt(e.due()));
            case RunEvent.TaskReused e -> taskReused(run, e);
            case RunEvent.TaskEnded e -> taskEnded(run, e);
            case RunEvent.TaskSkipped e -> taskSkipped(run, e);
            case RunEvent.RunStopping e -> run.with(run.verdict().stopped(e.as(), e.message()));
            case RunEvent.RunEnded e -> run.ended(e.at());
        };
    }

    private static RunPhase phaseOf(WorkflowHook hook) {
        return switch (hook) {
            case ON_START -> RunPhase.STARTING;
            case ON_COMPLETE -> RunPhase.COMPLETING;
        };
    }

    private static LiveRun hookEnded(LiveRun run, RunEvent.HookEnded e) {
        var after =
                switch (e.hook()) {
                    case ON_START -> run.in(RunPhase.STAGES);
                    case ON_COMPLETE -> run.in(RunPhase.COMPLETED);
                };
        if (e.outcome().status() == Outcome.Status.SUCCEEDED) {
            return after;
        }
        var name = e.hook() == WorkflowHook.ON_START ? "on_start" : "on_complete";
        return after.with(run.verdict().failed(name + " failed: " + e.outcome().message()));
    }

    private static LiveRun nextStage(LiveRun run, StageProgress.Step step) {
        int next = run.stage().number() + 1;
        int size = run.plan().stages().get(next).tasks().size();
        return run.in(RunPhase.STAGES).with(StageProgress.at(next, step, size));
    }

    private static LiveRun stageStarted(LiveRun run) {
        if (!run.stage().asking()) {
            return nextStage(run, StageProgress.Step.OPEN);
        }
        var stage = run.stage();
        return run.with(StageProgress.at(stage.number(), StageProgress.Step.OPEN, stage.open()));
    }

    private static LiveRun stageSkipped(LiveRun run, RunEvent.StageSkipped e) {
        var at = run.stage().asking() ? run : nextStage(run, StageProgress.Step.ASKING);
        if (e.reason() != SkipReason.CONDITION_FAILED) {
            return at.with(at.stage().over());
        }
        var ended = stageEnded(at, true);
        return ended.with(ended.verdict().failed(e.message()));
    }

    private static LiveRun stageEnded(LiveRun run, boolean failed) {
        boolean aborts = run.currentStage().onFailure() != Stage.OnFailure.CONTINUE;
        return run.with(run.stage().over()).with(run.verdict().stageEnded(failed, aborts));
    }

    private static LiveRun task(LiveRun run, int number, UnaryOperator<TaskState> how) {
        return run.with(run.tasks().change(number, run.plan().turnOf(number), how));
    }

    private static LiveRun taskEnded(LiveRun run, RunEvent.TaskEnded e) {
        int number = run.plan().number(e.task());
        var after = task(run, number, t -> t.ended(e.status(), e.message(), e.at()));
        boolean well = e.status() == TaskStatus.SUCCEEDED || e.status() == TaskStatus.SKIPPED;
        if (!well) {
            after = after.with(after.verdict().failed(failure(e)));
        }
        after = after.with(after.stage().taskEnded(well));
        return tellOthers(after, number, well ? TaskState.NOBODY : number, e.status().failed());
    }

    private static LiveRun taskReused(LiveRun run, RunEvent.TaskReused e) {
        int number = run.plan().number(e.task());
        var after = task(run, number, t -> t.reused(e.outcome(), e.at()));
        after = after.with(after.stage().taskEnded(true));
        return tellOthers(after, number, TaskState.NOBODY, false);
    }

    private static String failure(RunEvent.TaskEnded e) {
        return e.message().isEmpty()
                ? "task " + e.task() + " failed"
                : "task " + e.task() + " failed: " + e.message();
    }

    private static LiveRun taskSkipped(LiveRun run, RunEvent.TaskSkipped e) {
        int number = run.plan().number(e.task());
        int deeper = run.tasks().at(number).blockedBy();
        var after = task(run, number, t -> t.ended(TaskStatus.SKIPPED, e.message(), e.at()));
        if (after.stage().holds(run.plan().stageOf(number))) {
            after = after.with(after.stage().taskEnded(true));
        }
        int blocker = deeper == TaskState.NOBODY ? number : deeper;
        boolean harmless = e.reason() == SkipReason.CONDITION;
        return tellOthers(after, number, harmless ? TaskState.NOBODY : blocker, false);
    }

    private static LiveRun tellOthers(LiveRun run, int task, int blocker, boolean failed) {
        var tasks = run.tasks();
        for (int other : run.plan().neededBy(task)) {
            tasks = tasks.tell(other, t -> t.needed(blocker));
        }
        for (int other : run.plan().watchedBy(task)) {
            tasks = tasks.tell(other, t -> t.watched(failed));
        }
        return run.with(tasks);
    }
}
