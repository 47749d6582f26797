package dev.sloth.cli.run;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.WorkflowHook;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The threads of one run, by what they do. Used by the run's own thread only. They watch the clock
/// over scripts, so they are threads of the system: virtual ones get no turn while scripts keep all
/// processors busy, and no timeout would ever come. A thread whose report has come takes the next
/// work, since starting one takes longer than many a task.
final class Workers {
    /// What a thread is busy with; only one is at any time.
    sealed interface Work {
        record OfAttempt(AttemptId id) implements Work {}

        record OfCondition(String stage) implements Work {}

        record OfHook(WorkflowHook hook) implements Work {}
    }

    private final Map<Work, Worker> busy = new HashMap<>();
    private final Deque<Worker> idle = new ArrayDeque<>();

    void start(Work work, Runnable body) {
        var free = idle.pollLast();
        var worker = free == null ? Worker.started() : free;
        busy.put(work, worker);
        worker.begin(work.toString(), body);
    }

    /// Asks a thread to end what it does; it reports as usual.
    void interrupt(Work work) {
        var worker = busy.get(work);
        if (worker != null) {
            worker.interrupt();
        }
    }

    void interruptAll() {
        busy.values().forEach(Worker::interrupt);
    }

    /// Interrupts all and waits for them, so that what they have started ends before we do.
    ///
    /// @throws InterruptedException when the waiting is interrupted, or was so before
    void end(Duration longest) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        for (var worker : all()) {
            worker.end();
        }
        for (var worker : all()) {
            worker.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
    }

    private List<Worker> all() {
        var all = new ArrayList<>(busy.values());
        all.addAll(idle);
        return all;
    }

    /// Leaves those that are at work to themselves.
    void leave() {
        busy.clear();
    }

    boolean idle() {
        return busy.isEmpty();
    }

    /// Its report has come: from now on its thread is free, and no interrupt of before can meet
    /// what it does next.
    void done(Work work) {
        var worker = busy.remove(work);
        if (worker != null) {
            idle.add(worker);
        }
    }
}
