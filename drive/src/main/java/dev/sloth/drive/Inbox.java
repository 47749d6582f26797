package dev.sloth.drive;

import dev.sloth.core.run.RunInput;
import dev.sloth.core.store.StoreFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// Where reports wait for the run's own thread. Whoever reports to a full inbox waits.
final class Inbox {
    /// How many reports may wait.
    static final int LETTERS_MAX = 1_024;

    /// What arrives.
    sealed interface Letter {
        /// Something happened; work that has ended with it is no longer known as running.
        record Report(Workers.Work ended, RunInput input) implements Letter {}

        /// Something happened meanwhile.
        record Told(RunInput input) implements Letter {}

        /// What was to be done cannot even begin: the run cannot go on here.
        record Fault(Workers.Work ended, StoreFailure cause) implements Letter {}

        /// There is no memory left: the process cannot go on.
        record Starved(Workers.Work ended, OutOfMemoryError cause) implements Letter {}

        /// Somebody outside wants the run to stop.
        record Cancel(String why) implements Letter {}
    }

    /// How often one who waits for room sees whether anybody takes letters out.
    private static final Duration LOOK = Duration.ofMillis(100);

    private final BlockingQueue<Letter> letters = new ArrayBlockingQueue<>(LETTERS_MAX);
    private volatile boolean closed;

    /// Puts a letter in even when the thread is interrupted: a report must not get lost, and the
    /// owner takes them out as long as it waits for any.
    void post(Letter letter) {
        boolean interrupted = false;
        boolean posted = false;
        while (!posted) {
            try {
                letters.put(letter);
                posted = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Puts a letter in that matters only while somebody takes letters out: once nobody does, it is
    /// dropped.
    void tell(Letter letter) {
        boolean interrupted = false;
        boolean posted = false;
        while (!posted && !closed) {
            try {
                posted = letters.offer(letter, LOOK.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Nobody takes letters out any more.
    void close() {
        closed = true;
    }

    /// Whether there was room.
    boolean offer(Letter letter) {
        return letters.offer(letter);
    }

    /// The next letter and those behind it, or none within this time.
    List<Letter> take(Duration wait, int most) throws InterruptedException {
        var taken = new ArrayList<Letter>();
        var first = letters.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
        if (first != null) {
            taken.add(first);
            letters.drainTo(taken, most - 1);
        }
        return taken;
    }
}
