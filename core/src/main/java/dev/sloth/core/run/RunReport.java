package dev.sloth.core.run;

import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A run as its users see it, derived from its state.
///
/// @param message the first thing that went wrong; empty when nothing did
/// @param endedAt [#NOT_YET] while it goes on
/// @param tasks in the order of the script
public record RunReport(
        RunId run,
        String workflow,
        RunStatus status,
        String message,
        Instant startedAt,
        Instant endedAt,
        List<TaskReport> tasks) {
    /// Stands for an instant that has not come.
    public static final Instant NOT_YET = Instant.MAX;

    public RunReport {
        tasks = List.copyOf(tasks);
    }

    /// @throws IllegalStateException before the run is submitted
    public static RunReport of(RunState state) {
        return switch (state) {
            case RunState.Unsubmitted _ -> throw new IllegalStateException("not submitted yet");
            case LiveRun live -> of(live);
        };
    }

    private static RunReport of(LiveRun live) {
        var plan = live.plan();
        return new RunReport(
                plan.run(),
                plan.workflow().name(),
                live.status(),
                live.verdict().message(),
                plan.submitted().at(),
                live.endedAt(),
                IntStream.range(0, plan.size()).mapToObj(task -> task(live, task)).toList());
    }

    private static TaskReport task(LiveRun live, int number) {
        var task = live.plan().task(number);
        var state = live.tasks().at(number);
        return new TaskReport(
                task.name(),
                live.plan().stages().get(live.plan().stageOf(number)).name(),
                state.status(),
                state.attempts(),
                state.startedAt(),
                state.endedAt(),
                state.message(),
                state.last().outputs(),
                (state.attempts() > 0 || state.status() == TaskStatus.SUCCEEDED)
                        && state.last().changed(),
                state.last().failure());
    }

    public Optional<TaskReport> task(TaskName wanted) {
        return tasks.stream().filter(task -> task.name().equals(wanted)).findFirst();
    }

    /// How many tasks have this status.
    public long count(TaskStatus status) {
        return tasks.stream().filter(task -> task.status() == status).count();
    }

    /// From the submission to the end; zero while it goes on.
    public Duration duration() {
        return endedAt.equals(NOT_YET) ? Duration.ZERO : Duration.between(startedAt, endedAt);
    }
}
