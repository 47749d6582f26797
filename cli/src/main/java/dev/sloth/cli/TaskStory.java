package dev.sloth.cli;

import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.core.run.HostShare;
import dev.sloth.core.run.RunEngine;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.run.RunState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What became of one task, from the events of its run.
final class TaskStory {
    private final TaskName task;
    private final Map<Integer, Attempt> attempts = new LinkedHashMap<>();
    private RunState state = RunEngine.start();
    private Optional<RunEvent.RunSubmitted> submitted = Optional.empty();
    private Optional<Instant> due = Optional.empty();
    private Optional<RunId> reusedFrom = Optional.empty();

    TaskStory(TaskName task) {
        this.task = task;
    }

    /// One attempt.
    static final class Attempt {
        private final int number;
        private final Instant begunAt;
        private final Map<String, Part> parts = new LinkedHashMap<>();
        private Optional<Outcome> outcome = Optional.empty();
        private Optional<Instant> endedAt = Optional.empty();

        private Attempt(int number, Instant begunAt) {
            this.number = number;
            this.begunAt = begunAt;
        }

        int number() {
            return number;
        }

        Instant begunAt() {
            return begunAt;
        }

        Optional<Outcome> outcome() {
            return outcome;
        }

        Optional<Instant> endedAt() {
            return endedAt;
        }

        /// By agent; what was told last counts.
        List<Part> parts() {
            return List.copyOf(parts.values());
        }
    }

    /// What an agent has done of an attempt.
    record Part(Instant endedAt, HostShare share) {}

    /// In the order of the journal.
    void take(RunEvent event) {
        state = RunEngine.evolve(state, event);
        switch (event) {
            case RunEvent.RunSubmitted e -> submitted = Optional.of(e);
            case RunEvent.AttemptAssigned(var at, var id) when id.task().equals(task) ->
                    attempts.put(id.number(), new Attempt(id.number(), at));
            case RunEvent.HostEnded(var at, var id, var share) when id.task().equals(task) -> {
                var attempt = attempts.get(id.number());
                if (attempt != null) {
                    attempt.parts.put(share.host(), new Part(at, share));
                }
            }
            case RunEvent.AttemptEnded(var at, var id, var outcome) when id.task().equals(task) -> {
                var attempt = attempts.get(id.number());
                if (attempt != null) {
                    attempt.outcome = Optional.of(outcome);
                    attempt.endedAt = Optional.of(at);
                }
            }
            case RunEvent.RetryScheduled(_, var id, var next) when id.task().equals(task) ->
                    due = Optional.of(next);
            case RunEvent.TaskReused(_, var name, var from, _) when name.equals(task) ->
                    reusedFrom = Optional.of(from);
            default -> {}
        }
    }

    RunReport report() {
        return RunReport.of(state);
    }

    Workflow workflow() {
        return submitted.orElseThrow().workflow();
    }

    /// How many tasks of the run may be executed at once.
    int parallel() {
        return submitted.orElseThrow().parallel();
    }

    List<String> tasks() {
        return workflow().tasks().stream().map(each -> each.name().text()).toList();
    }

    List<Attempt> attempts() {
        return List.copyOf(attempts.values());
    }

    /// When the next attempt is made.
    Optional<Instant> due() {
        return due;
    }

    Optional<RunId> reusedFrom() {
        return reusedFrom;
    }
}
