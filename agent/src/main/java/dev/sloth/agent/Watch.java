package dev.sloth.agent;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Runs work that has an end: its own, its time limit, or the caller's interrupt. Whichever it is,
/// the work has stopped when the caller hears of it, or has been given up after a further wait.
final class Watch {
    /// While the clock stands still, how often that is looked at.
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Duration nudge;
    private final Duration stopWait;
    private final Supplier<Duration> stoodStill;

    /// @param nudge how soon work that does not hear an interrupt gets another
    Watch(Duration nudge, Duration stopWait) {
        this(nudge, stopWait, () -> Duration.ZERO);
    }

    /// @param stoodStill for how long the clock has stood still until now
    Watch(Duration nudge, Duration stopWait, Supplier<Duration> stoodStill) {
        this.stoodStill = stoodStill;
        this.nudge = nudge;
        this.stopWait = stopWait;
    }

    /// Work that may be stopped by interrupting it, and by its leash.
    @FunctionalInterface
    interface Work<T> {
        T run(Leash leash) throws InterruptedException;
    }

    /// How work ended.
    sealed interface End<T> {
        record Done<T>(T value) implements End<T> {}

        record TimedOut<T>() implements End<T> {}

        record Cancelled<T>() implements End<T> {}

        /// A promise was broken within: a defect of ours or of a plugin.
        record Broke<T>(Throwable cause) implements End<T> {}
    }

    /// The interrupt that cancels is thereby answered and does not stand any more.
    <T> End<T> run(String name, Duration limit, Work<T> work) {
        var leash = new Leash();
        var task = new FutureTask<T>(() -> work.run(leash));
        var thread = Thread.ofVirtual().name(name).start(task);
        try {
            return new End.Done<>(within(limit, task));
        } catch (TimeoutException _) {
            stop(thread, leash, "time is up");
            return new End.TimedOut<>();
        } catch (InterruptedException _) {
            stop(thread, leash, "cancelled");
            return new End.Cancelled<>();
        } catch (ExecutionException e) {
            return new End.Broke<>(e.getCause() == null ? e : e.getCause());
        }
    }

    private <T> T within(Duration limit, FutureTask<T> task)
            throws InterruptedException, ExecutionException, TimeoutException {
        long began = now();
        var left = limit;
        while (true) {
            try {
                return task.get(left.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                left = limit.minusNanos(now() - began);
                if (!left.isPositive()) {
                    throw e;
                }
                // It may stand still right now, a moment before its end.
                left = left.compareTo(LOOK_AGAIN) < 0 ? LOOK_AGAIN : left;
            }
        }
    }

    private long now() {
        return System.nanoTime() - stoodStill.get().toNanos();
    }

    private void stop(Thread thread, Leash leash, String reason) {
        leash.pull(reason);
        long end = System.nanoTime() + stopWait.toNanos();
        boolean ended = false;
        while (!ended && System.nanoTime() - end < 0) {
            thread.interrupt();
            try {
                ended = thread.join(nudge);
            } catch (InterruptedException _) {
                // Being interrupted again asks for what is being done already.
            }
        }
    }
}
