package dev.sloth.core.run;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Assignment;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.WorkflowHook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// The rules of a run, as functions of values: see the package.
public final class RunEngine {
    private RunEngine() {}

    /// The state before a run's first event.
    public static RunState start() {
        return new RunState.Unsubmitted();
    }

    /// The events that follow from an input, none when it comes too late or was given before.
    ///
    /// @throws Problems when a submitted workflow asks for what this build refuses
    public static List<RunEvent> decide(RunState state, RunInput input) {
        return switch (state) {
            case RunState.Unsubmitted _ -> submit(input);
            case LiveRun run -> {
                if (input instanceof RunInput.Submit again) {
                    throw new IllegalStateException("submitted twice: " + again.run());
                }
                yield new Decision(run, input.at()).on(input);
            }
        };
    }

    private static List<RunEvent> submit(RunInput input) {
        if (!(input instanceof RunInput.Submit submit)) {
            throw new IllegalStateException("not submitted yet: " + input);
        }
        var refused = Refusals.of(submit.workflow(), submit.agents());
        if (!refused.isEmpty()) {
            throw new Problems(refused);
        }
        int wanted = submit.workflow().maxParallelTasks();
        var submitted =
                new RunEvent.RunSubmitted(
                        submit.at(),
                        submit.run(),
                        submit.workflow(),
                        submit.values(),
                        wanted == 0 ? submit.processors() : wanted,
                        submit.seed(),
                        submit.reuse());
        var events = new ArrayList<RunEvent>(List.of(submitted));
        events.addAll(new Decision(LiveRun.of(submitted), submit.at()).begin());
        return events;
    }

    /// What remains to be done in a run that goes on after its owner was gone: everything that was
    /// asked for and has not been answered, asked for again.
    public static List<RunCommand> outstanding(RunState state) {
        return switch (state) {
            case RunState.Unsubmitted _ -> List.of();
            case LiveRun run -> new Outstanding(run).commands();
        };
    }

    /// All that the submission does not say.
    ///
    /// @throws IllegalStateException before the run is submitted
    public static RunSnapshot snapshot(RunState state) {
        return switch (state) {
            case RunState.Unsubmitted _ -> throw new IllegalStateException("not submitted yet");
            case LiveRun run -> run.snapshot();
        };
    }

    /// The state that a snapshot was taken of.
    ///
    /// @throws IllegalArgumentException when it is of another workflow
    public static RunState restore(RunEvent.RunSubmitted submitted, RunSnapshot snapshot) {
        return LiveRun.of(submitted, snapshot);
    }

    /// The state after an event.
    public static RunState evolve(RunState state, RunEvent event) {
        return switch (state) {
            case RunState.Unsubmitted _ -> {
                if (!(event instanceof RunEvent.RunSubmitted submitted)) {
                    throw new IllegalStateException("not submitted yet: " + event);
                }
                yield LiveRun.of(submitted);
            }
            case LiveRun run -> Evolution.apply(run, event);
        };
    }

    /// The state after events in order.
    public static RunState evolve(RunState state, List<RunEvent> events) {
        var after = state;
        for (var event : events) {
            after = evolve(after, event);
        }
        return after;
    }

    /// What is to be done because of events, given the state after them.
    public static List<RunCommand> commands(RunState after, List<RunEvent> events) {
        return switch (after) {
            case RunState.Unsubmitted _ -> List.of();
            case LiveRun run ->
                    events.stream().flatMap(event -> command(run, event).stream()).toList();
        };
    }

    private static Optional<RunCommand> command(LiveRun run, RunEvent event) {
        return switch (event) {
            case RunEvent.RunSubmitted e -> runTimer(e);
            case RunEvent.HookCalled e -> Optional.of(hookCall(run, e.hook(), e.success()));
            case RunEvent.HookCancelling e -> Optional.of(new RunCommand.CancelHook(e.hook()));
            case RunEvent.ConditionAsked e -> Optional.of(question(run, e.stage()));
            case RunEvent.ConditionCancelling e ->
                    Optional.of(new RunCommand.CancelCondition(e.stage()));
            case RunEvent.AttemptAssigned e ->
                    Optional.of(new RunCommand.Dispatch(assignment(run, e.id())));
            case RunEvent.AttemptCancelling e -> Optional.of(new RunCommand.CancelAttempt(e.id()));
            case RunEvent.RetryScheduled e ->
                    Optional.of(new RunCommand.StartTimer(new TimerId.Retry(e.next()), e.due()));
            case RunEvent.HookEnded _,
                    RunEvent.StageStarted _,
                    RunEvent.StageStopping _,
                    RunEvent.StageSkipped _,
                    RunEvent.StageEnded _,
                    RunEvent.TaskReady _,
                    RunEvent.AttemptEnded _,
                    RunEvent.HostEnded _,
                    RunEvent.DecisionAwaited _,
                    RunEvent.AttemptDecided _,
                    RunEvent.TaskReused _,
                    RunEvent.TaskEnded _,
                    RunEvent.TaskSkipped _,
                    RunEvent.RunStopping _,
                    RunEvent.RunEnded _ ->
                    Optional.empty();
        };
    }

    static Optional<RunCommand> runTimer(RunEvent.RunSubmitted e) {
        var timeout = e.workflow().timeout();
        return timeout.isPositive()
                ? Optional.of(
                        new RunCommand.StartTimer(new TimerId.RunTimeout(), e.at().plus(timeout)))
                : Optional.empty();
    }

    static RunCommand hookCall(LiveRun run, WorkflowHook hook, boolean success) {
        var function = run.plan().workflow().hooks().get(hook);
        if (function == null) {
            throw new IllegalStateException("the workflow has no hook " + hook);
        }
        return new RunCommand.CallHook(hook, function, success);
    }

    static RunCommand question(LiveRun run, String stage) {
        for (var plan : run.plan().stages()) {
            if (plan.name().equals(stage)) {
                return new RunCommand.EvaluateCondition(stage, plan.condition());
            }
        }
        throw new IllegalStateException("the workflow has no stage " + stage);
    }

    /// A dependency that was skipped by its own condition gave nothing: an empty table, so that a
    /// script may look into it.
    static Assignment assignment(LiveRun run, AttemptId id) {
        var task = run.plan().task(run.plan().number(id.task()));
        var inputs = new LinkedHashMap<TaskName, Value.Table>();
        for (var name : task.dependsOn()) {
            var from = run.tasks().at(run.plan().number(name));
            boolean gave = from.status() == TaskStatus.SUCCEEDED;
            inputs.put(name, gave ? from.last().outputs() : new DataTable());
        }
        return new Assignment(id, task, inputs);
    }
}
