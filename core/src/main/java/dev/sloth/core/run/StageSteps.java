package dev.sloth.core.run;

import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.WorkflowHook;

/// The part of a decision that is about stages: one after the other, and then the end.
final class StageSteps {
    private final Decision decision;
    private final TaskSteps tasks;

    StageSteps(Decision decision, TaskSteps tasks) {
        this.decision = decision;
        this.tasks = tasks;
    }

    private LiveRun run() {
        return decision.run();
    }

    /// Goes on as far as it can without hearing from outside.
    void proceed() {
        boolean more = true;
        while (more) {
            more =
                    switch (run().phase()) {
                        case STARTING, COMPLETING, ENDED -> false;
                        case COMPLETED -> end();
                        case SUBMITTED, STAGES -> run().verdict().stopped() ? wrapUp() : step();
                    };
        }
    }

    private boolean step() {
        return switch (run().stage().step()) {
            case ASKING, CANCELLING -> false;
            case OVER -> hasNext() ? enter(next()) : finish();
            case OPEN -> work();
        };
    }

    private boolean hasNext() {
        return run().stage().number() + 1 < run().plan().stages().size();
    }

    private StagePlan next() {
        return run().plan().stages().get(run().stage().number() + 1);
    }

    private boolean work() {
        while (mayAssign()) {
            tasks.assign();
        }
        var stage = run().stage();
        if (stage.open() == 0 || (stage.stopping() && run().tasks().idle())) {
            var why = stage.stopping() ? run().plan().name(stage.because()) + " failed" : "";
            close(SkipReason.STAGE_STOPPED, why, stage.failed());
            return true;
        }
        if (run().tasks().idle() && run().tasks().undecided().isEmpty()) {
            throw new IllegalStateException("tasks wait for each other: " + run().stage());
        }
        return false;
    }

    private boolean mayAssign() {
        var now = run().tasks();
        boolean parallel = run().currentStage().parallel();
        int pending = now.retrying().size() + now.undecided().size();
        int busy = now.running().size() + (parallel ? 0 : pending);
        if (now.ready().isEmpty() || busy >= (parallel ? run().plan().submitted().parallel() : 1)) {
            return false;
        }
        return now.running().isEmpty()
                || (!exclusive(run().nextReady()) && !exclusive(now.running().first()));
    }

    private boolean exclusive(int task) {
        return run().plan().task(task).exclusive();
    }

    /// The run was stopped: once nothing runs any more, the rest is skipped.
    private boolean wrapUp() {
        if (!run().tasks().running().isEmpty() || run().stage().asking()) {
            return false;
        }
        var why = run().verdict().message();
        if (run().stage().step() == StageProgress.Step.OPEN) {
            close(SkipReason.RUN_STOPPED, why, true);
        }
        while (hasNext()) {
            skip(next(), SkipReason.RUN_STOPPED, why);
        }
        return finish();
    }

    private void close(SkipReason reason, String why, boolean failed) {
        var stage = run().currentStage();
        if (run().stage().open() > 0) {
            skipTasks(stage, reason, why);
        }
        decision.emit(new RunEvent.StageEnded(decision.at(), stage.name(), failed));
    }

    private void skipTasks(StagePlan stage, SkipReason reason, String why) {
        for (int task : stage.tasks()) {
            if (!run().tasks().at(task).status().ended()) {
                tasks.skip(task, reason, why);
            }
        }
    }

    private boolean enter(StagePlan stage) {
        var verdict = run().verdict();
        return switch (stage.condition()) {
            case Condition.None() -> enterUnlessAborting(stage, true);
            case Condition.Fixed(var holds) -> enterUnlessAborting(stage, holds);
            case Condition.Named(var word) ->
                    switch (StageWord.of(word)) {
                        case PREVIOUS_STAGE_SUCCESS -> enterUnlessAborting(stage, true);
                        case PREVIOUS_STAGE_FAILURE -> enterIf(stage, verdict.previousFailed());
                        case ALWAYS -> enterIf(stage, true);
                    };
            case Condition.Call _, Condition.Shell _ -> {
                if (verdict.aborting()) {
                    yield skip(stage, SkipReason.RUN_FAILED, verdict.message());
                }
                decision.emit(new RunEvent.ConditionAsked(decision.at(), stage.name()));
                yield false;
            }
        };
    }

    private boolean enterUnlessAborting(StagePlan stage, boolean holds) {
        return run().verdict().aborting()
                ? skip(stage, SkipReason.RUN_FAILED, run().verdict().message())
                : enterIf(stage, holds);
    }

    private boolean enterIf(StagePlan stage, boolean holds) {
        if (!holds) {
            return skip(stage, SkipReason.CONDITION, "the stage's condition does not hold");
        }
        decision.emit(new RunEvent.StageStarted(decision.at(), stage.name()));
        for (int task : stage.tasks()) {
            tasks.lookAt(task);
        }
        return true;
    }

    private boolean skip(StagePlan stage, SkipReason reason, String why) {
        decision.emit(new RunEvent.StageSkipped(decision.at(), stage.name(), reason, why));
        skipTasks(stage, reason, why);
        return true;
    }

    /// The answer of a condition that was asked for; others come too late.
    void answered(String name, Answer answer) {
        if (!run().stage().asking() || !run().currentStage().name().equals(name)) {
            return;
        }
        var stage = run().currentStage();
        if (run().verdict().stopped()) {
            skip(stage, SkipReason.RUN_STOPPED, run().verdict().message());
            return;
        }
        switch (answer) {
            case Answer.Yes() -> enterIf(stage, true);
            case Answer.No() -> enterIf(stage, false);
            case Answer.Failed(var message) ->
                    skip(
                            stage,
                            SkipReason.CONDITION_FAILED,
                            "the condition of stage " + name + " failed: " + message);
        }
    }

    void cancelQuestion() {
        if (run().stage().step() == StageProgress.Step.ASKING) {
            decision.emit(
                    new RunEvent.ConditionCancelling(decision.at(), run().currentStage().name()));
        }
    }

    private boolean finish() {
        if (!run().plan().workflow().hooks().containsKey(WorkflowHook.ON_COMPLETE)) {
            return end();
        }
        decision.emit(
                new RunEvent.HookCalled(
                        decision.at(), WorkflowHook.ON_COMPLETE, run().verdict().success()));
        return false;
    }

    private boolean end() {
        var verdict = run().verdict();
        decision.emit(new RunEvent.RunEnded(decision.at(), verdict.status(), verdict.message()));
        return false;
    }
}
