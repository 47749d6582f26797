package dev.sloth.drive;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.WorkflowHook;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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

    /// How long a thread waits for other work: starting one costs more than many a task.
    private static final Duration SPARE = Duration.ofSeconds(5);

    private final Map<Work, Hand> hands = new HashMap<>();
    private final ExecutorService threads =
            new ThreadPoolExecutor(
                    0,
                    Integer.MAX_VALUE,
                    SPARE.toMillis(),
                    TimeUnit.MILLISECONDS,
                    new SynchronousQueue<>(),
                    Thread.ofPlatform().daemon().name("worker-", 1).factory());

    /// One piece of work on whichever thread does it. An interrupt reaches that thread only while
    /// it does this.
    private static final class Hand implements Runnable {
        private final Runnable body;
        private final CountDownLatch over = new CountDownLatch(1);
        private @Nullable Thread thread;
        private boolean interrupted;

        Hand(Runnable body) {
            this.body = body;
        }

        @Override
        public void run() {
            begin();
            try {
                body.run();
            } finally {
                end();
            }
        }

        private synchronized void begin() {
            thread = Thread.currentThread();
            if (interrupted) {
                thread.interrupt();
            }
        }

        private synchronized void end() {
            thread = null;
            boolean _ = Thread.interrupted();
            over.countDown();
        }

        synchronized void interrupt() {
            interrupted = true;
            if (thread != null) {
                thread.interrupt();
            }
        }

        void await(long nanos) throws InterruptedException {
            boolean _ = over.await(nanos, TimeUnit.NANOSECONDS);
        }
    }

    void start(Work work, Runnable body) {
        var hand = new Hand(body);
        hands.put(work, hand);
        threads.execute(hand);
    }

    /// Asks a thread to end; it reports as usual.
    void interrupt(Work work) {
        var hand = hands.get(work);
        if (hand != null) {
            hand.interrupt();
        }
    }

    void interruptAll() {
        hands.values().forEach(Hand::interrupt);
    }

    /// Interrupts all and waits for them, so that what they have started ends before we do.
    ///
    /// @throws InterruptedException when the waiting is interrupted, or was so before
    void end(Duration longest) throws InterruptedException {
        interruptAll();
        long deadline = System.nanoTime() + longest.toNanos();
        threads.shutdown();
        for (var hand : hands.values()) {
            hand.await(Math.max(0, deadline - System.nanoTime()));
        }
    }

    /// Leaves those that are at work to themselves.
    void leave() {
        hands.clear();
    }

    boolean idle() {
        return hands.isEmpty();
    }

    /// Its report has come.
    void done(Work work) {
        hands.remove(work);
    }
}
