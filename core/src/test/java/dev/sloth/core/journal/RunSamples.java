package dev.sloth.core.journal;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.WorkflowHook;
import dev.sloth.core.run.HostShare;
import dev.sloth.core.run.Reuse;
import dev.sloth.core.run.Ruling;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunPhase;
import dev.sloth.core.run.RunSnapshot;
import dev.sloth.core.run.RunStatus;
import dev.sloth.core.run.SkipReason;
import dev.sloth.core.run.StageProgress;
import dev.sloth.core.run.TaskState;
import dev.sloth.core.run.TaskStatus;
import dev.sloth.core.run.Verdict;
import dev.sloth.testkit.Gen;
import dev.sloth.testkit.Samples;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// Anything that may happen in a run, and how a run may stand.
final class RunSamples {
    static final RunId RUN = new RunId("run-1");

    private final Gen gen;
    private final Samples samples;

    RunSamples(Gen gen) {
        this.gen = gen;
        this.samples = new Samples(gen);
    }

    Instant instant() {
        return switch (gen.below(6)) {
            case 0 -> Instant.MAX;
            case 1 -> Instant.MIN;
            case 2 -> Instant.ofEpochSecond(-gen.below(1_000_000), gen.below(1_000_000_000));
            case 3 -> Instant.ofEpochSecond(1_700_000_000L + gen.below(1_000));
            case 4 -> Instant.ofEpochMilli(gen.random().nextLong());
            default -> Instant.ofEpochSecond(1_700_000_000L, gen.below(1_000_000) * 1_000L);
        };
    }

    // ---- events

    List<RunEvent> events() {
        return gen.list(1 + gen.below(3 * gen.size() + 1), this::event);
    }

    private AttemptId attempt() {
        return new AttemptId(
                gen.chance(90) ? RUN : new RunId(samples.name()),
                samples.taskName(),
                1 + gen.below(3));
    }

    private WorkflowHook hook() {
        return gen.oneOf(List.of(WorkflowHook.values()));
    }

    private SkipReason reason() {
        return gen.oneOf(List.of(SkipReason.values()));
    }

    private RunStatus status() {
        return gen.oneOf(List.of(RunStatus.values()));
    }

    RunEvent.RunSubmitted submitted() {
        return new RunEvent.RunSubmitted(
                instant(),
                gen.yes() ? RUN : new RunId(samples.name()),
                samples.workflow(),
                samples.value(),
                gen.below(10),
                gen.random().nextLong(),
                reuse());
    }

    private Reuse reuse() {
        if (gen.yes()) {
            return Reuse.NOTHING;
        }
        var outcomes = new HashMap<TaskName, Outcome>();
        for (int i = gen.below(3); i > 0; i--) {
            outcomes.put(
                    samples.taskName(),
                    Outcome.succeeded(samples.text(), samples.table(), gen.yes()));
        }
        return new Reuse(new RunId(samples.name()), outcomes);
    }

    private Ruling ruling() {
        return gen.oneOf(
                new Ruling.Succeeded(samples.table()), new Ruling.Failed(), new Ruling.Again());
    }

    RunEvent event() {
        var at = instant();
        return switch (gen.below(23)) {
            case 0 -> submitted();
            case 1 -> new RunEvent.HookCalled(at, hook(), gen.yes());
            case 2 -> new RunEvent.HookCancelling(at, hook());
            case 3 -> new RunEvent.HookEnded(at, hook(), samples.outcome());
            case 4 -> new RunEvent.ConditionAsked(at, samples.text());
            case 5 -> new RunEvent.ConditionCancelling(at, samples.text());
            case 6 -> new RunEvent.StageStarted(at, samples.text());
            case 7 -> new RunEvent.StageStopping(at, samples.text(), samples.taskName());
            case 8 -> new RunEvent.StageSkipped(at, samples.text(), reason(), samples.text());
            case 9 -> new RunEvent.StageEnded(at, samples.text(), gen.yes());
            case 10 -> new RunEvent.TaskReady(at, samples.taskName());
            case 11 -> new RunEvent.AttemptAssigned(at, attempt());
            case 12 -> new RunEvent.AttemptCancelling(at, attempt());
            case 13 -> new RunEvent.AttemptEnded(at, attempt(), samples.outcome());
            case 14 -> new RunEvent.DecisionAwaited(at, attempt());
            case 15 -> new RunEvent.AttemptDecided(at, attempt(), ruling(), samples.text());
            case 16 ->
                    new RunEvent.TaskReused(
                            at, samples.taskName(), new RunId(samples.text()), samples.outcome());
            case 17 -> new RunEvent.RetryScheduled(at, attempt(), instant());
            case 18 ->
                    new RunEvent.TaskEnded(
                            at,
                            samples.taskName(),
                            gen.oneOf(List.of(TaskStatus.values())),
                            samples.text());
            case 19 -> new RunEvent.TaskSkipped(at, samples.taskName(), reason(), samples.text());
            case 20 -> new RunEvent.RunStopping(at, status(), samples.text());
            case 21 -> new RunEvent.HostEnded(at, attempt(), share());
            default -> new RunEvent.RunEnded(at, status(), samples.text());
        };
    }

    private HostShare share() {
        return new HostShare(
                samples.text(),
                samples.text(),
                gen.yes() ? Optional.of(instant()) : Optional.empty(),
                samples.outcome());
    }

    // ---- snapshots

    RunSnapshot snapshot(int tasks) {
        return new RunSnapshot(
                gen.oneOf(List.of(RunPhase.values())),
                new StageProgress(
                        gen.below(3) - 1,
                        gen.oneOf(List.of(StageProgress.Step.values())),
                        gen.below(9),
                        gen.yes(),
                        gen.yes(),
                        gen.below(3) - 1),
                new Verdict(status(), samples.text(), gen.yes(), gen.yes(), gen.yes()),
                instant(),
                gen.list(tasks, this::taskState));
    }

    private TaskState taskState() {
        return new TaskState(
                gen.oneOf(List.of(TaskStatus.values())),
                gen.below(3),
                gen.below(3),
                gen.below(3),
                gen.yes(),
                gen.below(3) - 1,
                samples.outcome(),
                samples.text(),
                instant(),
                instant(),
                instant());
    }
}
