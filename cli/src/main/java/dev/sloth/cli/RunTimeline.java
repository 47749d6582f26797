package dev.sloth.cli;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.cli.view.CriticalPath;
import dev.sloth.cli.view.Timeline;
import dev.sloth.cli.view.Timeline.Attempt;
import dev.sloth.core.run.RunEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Gathers from a run's events when its attempts waited and ran. What ended otherwise than by an
/// event, because its owner was gone, lasts until the end of the timeline.
final class RunTimeline {
    private final Map<TaskName, Instant> ready = new HashMap<>();
    private final Map<AttemptId, Attempt> open = new LinkedHashMap<>();
    private final Map<TaskName, Integer> begun = new HashMap<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private Optional<Workflow> workflow = Optional.empty();
    private Instant from = Instant.EPOCH;
    private Optional<Instant> ended = Optional.empty();

    /// In the order of the journal.
    void take(RunEvent event) {
        switch (event) {
            case RunEvent.RunSubmitted e -> {
                workflow = Optional.of(e.workflow());
                from = e.at();
            }
            case RunEvent.TaskReady(var at, var task) -> ready.put(task, at);
            case RunEvent.AttemptAssigned(var at, var id) -> {
                var since = ready.remove(id.task());
                var first = since == null ? at : since;
                begun.put(id.task(), id.number());
                open.put(id, new Attempt(id.task(), id.number(), first, at, at, "running"));
            }
            case RunEvent.AttemptEnded(var at, var id, var outcome) ->
                    end(id, at, word(outcome.status()));
            case RunEvent.TaskSkipped(_, var task, _, _) -> ready.remove(task);
            case RunEvent.TaskEnded(_, var task, _, _) -> ready.remove(task);
            case RunEvent.RunEnded e -> ended = Optional.of(e.at());
            case RunEvent.HostEnded _,
                    RunEvent.HookCalled _,
                    RunEvent.HookCancelling _,
                    RunEvent.HookEnded _,
                    RunEvent.ConditionAsked _,
                    RunEvent.ConditionCancelling _,
                    RunEvent.StageStarted _,
                    RunEvent.StageStopping _,
                    RunEvent.StageSkipped _,
                    RunEvent.StageEnded _,
                    RunEvent.AttemptCancelling _,
                    RunEvent.DecisionAwaited _,
                    RunEvent.AttemptDecided _,
                    RunEvent.TaskReused _,
                    RunEvent.RetryScheduled _,
                    RunEvent.RunStopping _ -> {}
        }
    }

    private void end(AttemptId id, Instant at, String status) {
        var attempt = open.remove(id);
        if (attempt != null) {
            attempts.add(
                    new Attempt(
                            id.task(),
                            id.number(),
                            attempt.ready(),
                            attempt.started(),
                            at,
                            status));
        }
    }

    private static String word(Enum<?> status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    /// What is known by now.
    ///
    /// @param now counts as the end while the run has not ended
    Timeline timeline(Instant now) {
        var until = ended.orElse(now);
        var all = new ArrayList<>(attempts);
        for (var a : open.values()) {
            all.add(new Attempt(a.task(), a.number(), a.ready(), a.started(), until, a.status()));
        }
        ready.forEach((task, at) ->
                all.add(
                        new Attempt(
                                task,
                                begun.getOrDefault(task, 0) + 1,
                                at,
                                until,
                                until,
                                Timeline.QUEUED)));
        all.sort(
                Comparator.comparing(Attempt::ready)
                        .thenComparing(Attempt::started)
                        .thenComparing(Attempt::task)
                        .thenComparingInt(Attempt::number));
        return new Timeline(from, until, all, path(all));
    }

    private List<TaskName> path(List<Attempt> all) {
        var ends = new HashMap<TaskName, Instant>();
        for (var attempt : all) {
            if (!attempt.status().equals(Timeline.QUEUED)) {
                ends.merge(attempt.task(), attempt.ended(), (a, b) -> a.isAfter(b) ? a : b);
            }
        }
        return workflow.map(w -> CriticalPath.of(w, ends)).orElse(List.of());
    }
}
