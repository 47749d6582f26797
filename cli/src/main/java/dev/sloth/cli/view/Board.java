package dev.sloth.cli.view;

import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.cli.view.TaskView.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects what happens in a run, from any thread, and gives snapshots of it.
public final class Board {
    /// How many of the last lines of a task's output are kept.
    public static final int TAIL_LINES = 20;

    private static final Outcome NOTHING_YET = Outcome.ended(Outcome.Status.UNKNOWN, "");

    private final String workflow;
    private final Map<TaskName, Entry> tasks = new LinkedHashMap<>();

    /// What is known of one task; guarded by the board.
    private static final class Entry {
        private final Task task;
        private Phase phase = Phase.WAITING;
        private int attempt;
        private Instant since = Instant.EPOCH;
        private Duration took = Duration.ZERO;
        private Outcome outcome = NOTHING_YET;
        private final Deque<String> tail = new ArrayDeque<>();

        Entry(Task task) {
            this.task = task;
        }

        TaskView view() {
            return new TaskView(task, phase, attempt, since, took, outcome, new ArrayList<>(tail));
        }
    }

    public Board(Workflow workflow) {
        this.workflow = workflow.name();
        workflow.tasks().forEach(task -> tasks.put(task.name(), new Entry(task)));
    }

    public String workflow() {
        return workflow;
    }

    /// An attempt began.
    public synchronized void started(TaskName name, int attempt, Instant at) {
        var entry = entry(name);
        entry.phase = Phase.RUNNING;
        entry.attempt = attempt;
        entry.since = at;
        entry.tail.clear();
    }

    /// There is an attempt, which has not begun yet.
    public synchronized void assigned(TaskName name, int attempt, Instant at) {
        started(name, attempt, at);
        entry(name).phase = Phase.WAITING;
    }

    /// The attempt that there is has begun.
    public synchronized void begun(TaskName name) {
        if (entry(name).phase == Phase.WAITING) {
            entry(name).phase = Phase.RUNNING;
        }
    }

    /// An attempt, or the whole task, ended.
    public synchronized void ended(TaskName name, Outcome outcome, Instant at) {
        var entry = entry(name);
        if (entry.phase == Phase.RUNNING) {
            entry.took = Duration.between(entry.since, at);
        }
        entry.phase = Phase.of(outcome.status());
        entry.outcome = outcome;
        entry.since = at;
    }

    /// The last attempt failed, and another follows.
    public synchronized void retrying(TaskName name, Instant at) {
        entry(name).phase = Phase.RETRYING;
        entry(name).since = at;
    }

    /// Nobody can tell whether the last attempt ran.
    public synchronized void undecided(TaskName name, Instant at) {
        entry(name).phase = Phase.UNDECIDED;
        entry(name).since = at;
    }

    /// There will be no other attempt; an outcome that says the same keeps what it knows.
    public synchronized void settled(
            TaskName name, Outcome.Status status, String message, Instant at) {
        var entry = entry(name);
        if (entry.outcome.status() != status || entry.attempt == 0) {
            entry.outcome = Outcome.ended(status, message);
        }
        entry.phase = Phase.of(status);
        entry.since = at;
    }

    /// What is known of one task now.
    public synchronized TaskView task(TaskName name) {
        return entry(name).view();
    }

    /// The tasks wait for somebody's yes.
    public synchronized void awaiting(Collection<TaskName> names, Instant at) {
        for (var name : names) {
            entry(name).phase = Phase.APPROVAL;
            entry(name).since = at;
        }
    }

    /// The yes came.
    public synchronized void waiting(Collection<TaskName> names) {
        names.forEach(name -> entry(name).phase = Phase.WAITING);
    }

    /// A line of output.
    public synchronized void line(TaskName name, String line) {
        var tail = entry(name).tail;
        tail.addLast(line);
        if (tail.size() > TAIL_LINES) {
            tail.removeFirst();
        }
    }

    private Entry entry(TaskName name) {
        var entry = tasks.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("the workflow has no task " + name);
        }
        return entry;
    }

    /// All tasks as they are now, in the order of the script.
    public synchronized List<TaskView> snapshot() {
        return tasks.values().stream().map(Entry::view).toList();
    }
}
