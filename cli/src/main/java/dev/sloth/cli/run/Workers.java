package dev.sloth.cli.run;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.WorkflowHook;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// The threads of one run, by what they do. Used by the run's own thread only. They watch the clock
/// over scripts, so they are threads of the system: virtual ones get no turn while scripts keep all
/// processors busy, and no timeout would ever come.
final class Workers {
    /// What a thread is busy with; only one is at any time.
    sealed interface Work {
        record OfAttempt(AttemptId id) implements Work {}

        record OfCondition(String stage) implements Work {}

        record OfHook(WorkflowHook hook) implements Work {}
    }

    private final Map<Work, Thread> threads = new HashMap<>();

    void start(Work work, Runnable body) {
        threads.put(work, Thread.ofPlatform().daemon().name(work.toString()).start(body));
    }

    /// Asks a thread to end; it reports as usual.
    void interrupt(Work work) {
        var thread = threads.get(work);
        if (thread != null) {
            thread.interrupt();
        }
    }

    void interruptAll() {
        threads.values().forEach(Thread::interrupt);
    }

    /// Interrupts all and waits for them, so that what they have started ends before we do.
    ///
    /// @throws InterruptedException when the waiting is interrupted, or was so before
    void end(Duration longest) throws InterruptedException {
        interruptAll();
        long deadline = System.nanoTime() + longest.toNanos();
        for (var thread : threads.values()) {
            var left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            thread.join(left);
        }
    }

    /// Leaves those that are at work to themselves.
    void leave() {
        threads.clear();
    }

    boolean idle() {
        return threads.isEmpty();
    }

    /// Its report has come.
    void done(Work work) {
        threads.remove(work);
    }
}
