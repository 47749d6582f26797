package dev.sloth.core.journal;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.codec.Words;
import dev.sloth.core.run.RunEngine;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.run.RunState;
import dev.sloth.core.run.TaskStatus;
import dev.sloth.core.store.Chapter;
import dev.sloth.core.store.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a store is told of a run beside its events: counts, attempts that ended, timers. Kept up
/// event by event, since looking at all tasks in each step would make large runs slow.
final class Ledger {
    static final String TIMEOUT = "timeout";

    private int tasks;
    private int finished;
    private int failed;
    private boolean timed;
    private final Set<TaskName> undecided = new HashSet<>();
    private final Map<TaskName, String> retries = new HashMap<>();

    /// Of a run that has not begun.
    Ledger() {}

    /// Of a run as it stands.
    static Ledger of(RunEvent.RunSubmitted submitted, RunState state) {
        var ledger = new Ledger();
        var workflow = submitted.workflow();
        ledger.tasks = workflow.tasks().size();
        ledger.timed = workflow.timeout().isPositive() && !state.status().ended();
        var states = RunEngine.snapshot(state).tasks();
        for (int i = 0; i < ledger.tasks; i++) {
            var name = workflow.tasks().get(i).name();
            var task = states.get(i);
            ledger.finished += task.status().ended() ? 1 : 0;
            ledger.failed += task.status().failed() ? 1 : 0;
            if (task.status() == TaskStatus.UNDECIDED) {
                ledger.undecided.add(name);
            }
            if (task.status() == TaskStatus.RETRYING && !task.due().equals(RunReport.NOT_YET)) {
                ledger.retries.put(name, retry(name, task.attempts() + 1));
            }
        }
        return ledger;
    }

    int tasks() {
        return tasks;
    }

    private static String retry(TaskName task, int number) {
        return "retry " + task + " " + number;
    }

    /// Takes events in. A ledger whose events were not kept is thrown away for the one before.
    ///
    /// @return what the store is told
    Entry enter(List<RunEvent> events) {
        var entry = new Entry();
        events.forEach(event -> enter(event, entry));
        return entry;
    }

    /// What one step says.
    static final class Entry {
        private final List<Chapter.Begun> begun = new ArrayList<>();
        private final List<Chapter.Ended> ended = new ArrayList<>();
        private final Map<String, Chapter.Timer> timers = new LinkedHashMap<>();
        private final List<String> rung = new ArrayList<>();

        private void rung(String timer) {
            if (timers.remove(timer) == null) {
                rung.add(timer);
            }
        }
    }

    Chapter chapter(long first, List<RunEvent> events, RunState after, Entry entry, byte[] body) {
        return new Chapter(
                first,
                events.size(),
                body,
                progress(after, events.getLast().at()),
                entry.begun,
                entry.ended,
                List.copyOf(entry.timers.values()),
                entry.rung);
    }

    private Progress progress(RunState after, Instant at) {
        return new Progress(
                Words.of(after.status()),
                after.status().ended(),
                RunEngine.snapshot(after).verdict().message(),
                at,
                tasks,
                finished,
                failed,
                undecided.size());
    }

    private void enter(RunEvent event, Entry entry) {
        switch (event) {
            case RunEvent.RunSubmitted e -> submitted(e, entry);
            case RunEvent.AttemptAssigned e -> entry.begun.add(new Chapter.Begun(e.id(), e.at()));
            case RunEvent.AttemptEnded e ->
                    entry.ended.add(
                            new Chapter.Ended(e.id(), Words.of(e.outcome().status()), e.at()));
            case RunEvent.DecisionAwaited e -> undecided.add(e.id().task());
            case RunEvent.AttemptDecided e -> undecided.remove(e.id().task());
            case RunEvent.RetryScheduled e -> scheduled(e.next(), e.due(), entry);
            case RunEvent.TaskReady e -> unscheduled(e.task(), entry);
            case RunEvent.TaskReused e -> finished(e.task(), TaskStatus.SUCCEEDED, entry);
            case RunEvent.TaskEnded e -> finished(e.task(), e.status(), entry);
            case RunEvent.TaskSkipped e -> finished(e.task(), TaskStatus.SKIPPED, entry);
            case RunEvent.RunEnded _ -> {
                if (timed) {
                    timed = false;
                    entry.rung(TIMEOUT);
                }
            }
            case RunEvent.HookCalled _,
                    RunEvent.HookCancelling _,
                    RunEvent.HookEnded _,
                    RunEvent.ConditionAsked _,
                    RunEvent.ConditionCancelling _,
                    RunEvent.StageStarted _,
                    RunEvent.StageStopping _,
                    RunEvent.StageSkipped _,
                    RunEvent.StageEnded _,
                    RunEvent.AttemptCancelling _,
                    RunEvent.HostEnded _,
                    RunEvent.RunStopping _ -> {}
        }
    }

    private void submitted(RunEvent.RunSubmitted e, Entry entry) {
        tasks = e.workflow().tasks().size();
        var timeout = e.workflow().timeout();
        if (timeout.isPositive()) {
            timed = true;
            entry.timers.put(TIMEOUT, new Chapter.Timer(TIMEOUT, e.at().plus(timeout)));
        }
    }

    private void scheduled(AttemptId next, Instant due, Entry entry) {
        var name = retry(next.task(), next.number());
        retries.put(next.task(), name);
        entry.timers.put(name, new Chapter.Timer(name, due));
    }

    private void unscheduled(TaskName task, Entry entry) {
        var timer = retries.remove(task);
        if (timer != null) {
            entry.rung(timer);
        }
    }

    private void finished(TaskName task, TaskStatus as, Entry entry) {
        finished++;
        failed += as.failed() ? 1 : 0;
        undecided.remove(task);
        unscheduled(task, entry);
    }
}
