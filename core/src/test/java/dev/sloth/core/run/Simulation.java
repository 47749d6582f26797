package dev.sloth.core.run;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.api.workflow.WorkflowHook;
import dev.sloth.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// One run in virtual time: attempts take as long as chance says and end as the test says. Reports
/// come late, twice, or after a cancellation; a [Judge] looks at every event.
final class Simulation {
    private static final long ACTIONS_MAX = 3_000_000;

    final VirtualTime time = new VirtualTime();
    final MemoryJournal journal = new MemoryJournal();
    final List<RunCommand> commands = new ArrayList<>();
    private final Conductor conductor = new Conductor(journal);
    private final Workflow workflow;
    private final RandomGenerator random;
    private final Judge judge;
    private final Set<AttemptId> cancelled = new HashSet<>();
    private final Map<WorkflowHook, Outcome.Status> hooks = new LinkedHashMap<>();
    private Function<AttemptId, Outcome.Status> ends = id -> Outcome.Status.SUCCEEDED;
    private Function<String, Answer> answers = stage -> new Answer.Yes();
    private Function<AttemptId, Ruling> rulings = id -> new Ruling.Failed();
    private boolean faulty;

    Simulation(Workflow workflow, long seed, int parallel) {
        this.workflow = workflow;
        this.random = new SplittableRandom(seed);
        this.judge = new Judge(workflow, parallel);
        time.after(Duration.ZERO, () -> submit(parallel, seed));
    }

    /// What attempts end with, unless they are cancelled before.
    Simulation ends(Function<AttemptId, Outcome.Status> how) {
        ends = how;
        return this;
    }

    /// Fails a task for good.
    Simulation failing(String... tasks) {
        var bad = Set.of(tasks);
        return ends(id ->
                bad.contains(id.task().text()) ? Outcome.Status.FAILED : Outcome.Status.SUCCEEDED);
    }

    /// What somebody decides about attempts whose end is unknown.
    Simulation rules(Function<AttemptId, Ruling> how) {
        rulings = how;
        return this;
    }

    Simulation answers(Function<String, Answer> how) {
        answers = how;
        return this;
    }

    Simulation hook(WorkflowHook hook, Outcome.Status ends) {
        hooks.put(hook, ends);
        return this;
    }

    /// Reports come twice now and then, and cancelled attempts end by themselves.
    Simulation faulty() {
        faulty = true;
        return this;
    }

    Simulation cancelAfter(Duration delay) {
        time.after(delay, () -> accept(new RunInput.CancelAsked(time.instant(), "enough")));
        return this;
    }

    /// Runs until nothing is due, which must be the run's end.
    RunReport run() {
        time.runUntilIdle(ACTIONS_MAX);
        judge.atTheEnd(conductor.state(), journal.read());
        return RunReport.of(conductor.state());
    }

    private void submit(int parallel, long seed) {
        accept(
                new RunInput.Submit(
                        time.instant(), new RunId("run"), workflow, Value.Nil.NIL, parallel, seed));
    }

    private void accept(RunInput input) {
        var step = conductor.accept(input);
        step.events().forEach(judge::look);
        step.events().forEach(this::decide);
        step.commands().forEach(this::carryOut);
        if (faulty) {
            judge.snapshot(journal.read().getFirst(), conductor.state());
        }
    }

    private void decide(RunEvent event) {
        if (event instanceof RunEvent.DecisionAwaited(_, var id)) {
            later(() ->
                    accept(
                            new RunInput.Decided(
                                    time.instant(), id, rulings.apply(id), "somebody")));
        }
    }

    private void carryOut(RunCommand command) {
        commands.add(command);
        switch (command) {
            case RunCommand.Dispatch(var assignment) -> dispatch(assignment.id());
            case RunCommand.CancelAttempt(var id) -> cancel(id);
            case RunCommand.StartTimer(var id, var due) ->
                    time.at(due, () -> accept(new RunInput.TimerFired(time.instant(), id)));
            case RunCommand.EvaluateCondition(var stage, _) ->
                    later(() -> answer(stage, answers.apply(stage)));
            case RunCommand.CancelCondition(var stage) ->
                    later(() -> answer(stage, new Answer.Failed("cancelled")));
            case RunCommand.CallHook(var hook, _, _) ->
                    later(() ->
                            hookEnded(hook, hooks.getOrDefault(hook, Outcome.Status.SUCCEEDED)));
            case RunCommand.CancelHook(var hook) ->
                    later(() -> hookEnded(hook, Outcome.Status.CANCELLED));
        }
    }

    private void dispatch(AttemptId id) {
        var outcome = outcome(id, ends.apply(id));
        later(() -> {
            if (!cancelled.contains(id)) {
                accept(new RunInput.AttemptEnded(time.instant(), id, outcome));
            }
        });
        if (faulty && random.nextInt(5) == 0) {
            later(() -> accept(new RunInput.AttemptEnded(time.instant(), id, outcome)));
        }
    }

    /// Outputs carry the task's name, so that the judge sees where inputs come from.
    private static Outcome outcome(AttemptId id, Outcome.Status status) {
        return status == Outcome.Status.SUCCEEDED
                ? Outcome.succeeded("", new DataTable().with("from", id.task().text()), true)
                : Outcome.ended(status, "as planned");
    }

    private void cancel(AttemptId id) {
        if (faulty && random.nextInt(3) == 0) {
            return;
        }
        cancelled.add(id);
        later(() ->
                accept(
                        new RunInput.AttemptEnded(
                                time.instant(),
                                id,
                                Outcome.ended(Outcome.Status.CANCELLED, "cancelled"))));
    }

    private void answer(String stage, Answer answer) {
        accept(new RunInput.ConditionAnswered(time.instant(), stage, answer));
    }

    private void hookEnded(WorkflowHook hook, Outcome.Status status) {
        accept(new RunInput.HookEnded(time.instant(), hook, Outcome.ended(status, "as planned")));
    }

    private void later(Runnable action) {
        time.after(Duration.ofMillis(1 + random.nextInt(100)), action);
    }

    /// How a task ended, with its name: `a SUCCEEDED`.
    static List<String> statuses(RunReport report) {
        return report.tasks().stream().map(t -> t.name() + " " + t.status()).toList();
    }

    static TaskReport find(RunReport report, String task) {
        return report.task(new TaskName(task)).orElseThrow();
    }
}
