package dev.sloth.core.journal;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.api.workflow.WorkflowHook;
import dev.sloth.core.run.Answer;
import dev.sloth.core.run.Conductor;
import dev.sloth.core.run.HostShare;
import dev.sloth.core.run.Journal;
import dev.sloth.core.run.Reuse;
import dev.sloth.core.run.Ruling;
import dev.sloth.core.run.RunCommand;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunInput;
import dev.sloth.core.run.RunState;
import dev.sloth.testkit.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// Drives one run in virtual time: attempts take ten milliseconds and end as the test says.
final class Drive {
    private static final long ACTIONS_MAX = 2_000_000;
    private static final Duration TAKES = Duration.ofMillis(10);

    final VirtualTime time = new VirtualTime();
    private Conductor conductor;
    Function<AttemptId, Outcome> ends = id -> fine(id.task().text());
    Function<AttemptId, List<HostShare>> hosts = id -> List.of();
    Function<String, Answer> answers = stage -> new Answer.Yes();
    Function<WorkflowHook, Outcome> hooks = hook -> fine(hook.name());
    Function<AttemptId, Ruling> rulings = id -> new Ruling.Failed();
    Consumer<RunState> afterStep = state -> {};

    Drive(Journal journal) {
        conductor = new Conductor(journal);
    }

    static Outcome fine(String what) {
        return Outcome.succeeded("ok", new DataTable().with("from", what), true);
    }

    Drive submit(Workflow workflow, Value values, Reuse reuse) {
        time.after(
                Duration.ofSeconds(1_700_000_000L),
                () ->
                        accept(
                                new RunInput.Submit(
                                        time.instant(),
                                        RunSamples.RUN,
                                        workflow,
                                        values,
                                        2,
                                        7,
                                        reuse)));
        return this;
    }

    Drive cancelAfter(Duration delay) {
        time.after(
                Duration.ofSeconds(1_700_000_000L).plus(delay),
                () -> accept(new RunInput.CancelAsked(time.instant(), "enough")));
        return this;
    }

    /// Goes on under another journal, as after a take-over.
    void under(Journal journal) {
        conductor = new Conductor(journal);
    }

    RunState run() {
        time.runUntilIdle(ACTIONS_MAX);
        return conductor.state();
    }

    RunState state() {
        return conductor.state();
    }

    private void accept(RunInput input) {
        var step = conductor.accept(input);
        step.events().forEach(this::decide);
        step.commands().forEach(this::carryOut);
        if (!step.events().isEmpty()) {
            afterStep.accept(conductor.state());
        }
    }

    private void decide(RunEvent event) {
        if (event instanceof RunEvent.DecisionAwaited(_, var id)) {
            var ruling = rulings.apply(id);
            later(() -> accept(new RunInput.Decided(time.instant(), id, ruling, "somebody")));
        }
    }

    private void carryOut(RunCommand command) {
        switch (command) {
            case RunCommand.Dispatch(var assignment) -> end(assignment.id());
            case RunCommand.CancelAttempt(var id) ->
                    time.after(
                            Duration.ofMillis(1),
                            () -> ended(id, Outcome.ended(Outcome.Status.CANCELLED, "cancelled")));
            case RunCommand.StartTimer(var id, var due) ->
                    time.at(due, () -> accept(new RunInput.TimerFired(time.instant(), id)));
            case RunCommand.EvaluateCondition(var stage, _) ->
                    later(() ->
                            accept(
                                    new RunInput.ConditionAnswered(
                                            time.instant(), stage, answers.apply(stage))));
            case RunCommand.CallHook(var hook, _, _) ->
                    later(() -> hookEnded(hook, hooks.apply(hook)));
            case RunCommand.CancelCondition(var stage) ->
                    time.after(
                            Duration.ofMillis(1),
                            () ->
                                    accept(
                                            new RunInput.ConditionAnswered(
                                                    time.instant(),
                                                    stage,
                                                    new Answer.Failed("cancelled"))));
            case RunCommand.CancelHook(var hook) ->
                    time.after(
                            Duration.ofMillis(1),
                            () ->
                                    hookEnded(
                                            hook,
                                            Outcome.ended(Outcome.Status.CANCELLED, "cancelled")));
        }
    }

    private void end(AttemptId id) {
        var outcome = ends.apply(id);
        later(() -> ended(id, outcome));
    }

    private void ended(AttemptId id, Outcome outcome) {
        for (var share : hosts.apply(id)) {
            accept(new RunInput.HostEnded(time.instant(), id, share));
        }
        accept(new RunInput.AttemptEnded(time.instant(), id, outcome));
    }

    private void hookEnded(WorkflowHook hook, Outcome outcome) {
        accept(new RunInput.HookEnded(time.instant(), hook, outcome));
    }

    private void later(Runnable action) {
        time.after(TAKES, action);
    }
}
