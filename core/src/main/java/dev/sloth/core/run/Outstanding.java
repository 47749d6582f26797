package dev.sloth.core.run;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.WorkflowHook;
import java.util.ArrayList;
import java.util.List;

/// What a run has asked for and not been told of, read from its state.
final class Outstanding {
    private final LiveRun run;
    private final List<RunCommand> commands = new ArrayList<>();

    Outstanding(LiveRun run) {
        this.run = run;
    }

    List<RunCommand> commands() {
        if (run.ended()) {
            return List.of();
        }
        RunEngine.runTimer(run.plan().submitted()).ifPresent(commands::add);
        hooks();
        question();
        for (int task : run.tasks().running().toArray()) {
            attempt(task);
        }
        for (int task : run.tasks().retrying().toArray()) {
            retry(task);
        }
        return List.copyOf(commands);
    }

    private void hooks() {
        boolean stopped = run.verdict().stopped();
        switch (run.phase()) {
            case STARTING -> {
                commands.add(RunEngine.hookCall(run, WorkflowHook.ON_START, true));
                if (stopped) {
                    commands.add(new RunCommand.CancelHook(WorkflowHook.ON_START));
                }
            }
            case COMPLETING ->
                    commands.add(
                            RunEngine.hookCall(
                                    run, WorkflowHook.ON_COMPLETE, run.verdict().success()));
            case SUBMITTED, STAGES, COMPLETED, ENDED -> {}
        }
    }

    private void question() {
        if (!run.stage().asking()) {
            return;
        }
        var stage = run.currentStage().name();
        commands.add(RunEngine.question(run, stage));
        if (run.stage().step() == StageProgress.Step.CANCELLING) {
            commands.add(new RunCommand.CancelCondition(stage));
        }
    }

    private void attempt(int task) {
        var id = id(task, run.tasks().at(task).attempts());
        commands.add(new RunCommand.Dispatch(RunEngine.assignment(run, id)));
        if (run.tasks().at(task).status() == TaskStatus.CANCELLING) {
            commands.add(new RunCommand.CancelAttempt(id));
        }
    }

    private void retry(int task) {
        var state = run.tasks().at(task);
        var next = new TimerId.Retry(id(task, state.attempts() + 1));
        commands.add(new RunCommand.StartTimer(next, state.due()));
    }

    private AttemptId id(int task, int number) {
        return new AttemptId(run.plan().run(), run.plan().name(task), number);
    }
}
