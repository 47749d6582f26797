package dev.sloth.cli.serve;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.Fact;
import dev.sloth.core.store.StoreFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Keeps facts of its own process as events, in their order on a thread of its own, so that whoever
/// tells them never waits for the disk. When all agents come back at once, many facts are kept in
/// one go. Facts are there to be reacted to, not to be decided by: when more come than can be kept,
/// some are left out, and that is said.
public final class FactResident implements Resident {
    /// How many facts may wait to be kept.
    private static final int WAITING_MAX = 20_000;

    /// How many are kept in one go.
    static final int BATCH_MAX = 256;

    private static final Duration LOOK = Duration.ofMillis(500);

    /// How long those that follow wait for company, unless a batch is full: one fact alone is kept
    /// at once, and ten thousand in a row in some hundred goes.
    static final Duration PACE = Duration.ofMillis(25);

    private final Keeper keeper;
    private final Consumer<String> note;
    private final BlockingQueue<Fact> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final AtomicLong missed = new AtomicLong();
    private volatile boolean stopping;
    private Optional<Thread> thread = Optional.empty();

    /// Where facts are kept.
    @FunctionalInterface
    public interface Keeper {
        /// All of them in their order, or none.
        ///
        /// @throws EventRefusal when one of them is not taken
        void keep(List<Fact> facts);
    }

    /// @param note is told when facts were not kept
    public FactResident(Keeper keeper, Consumer<String> note) {
        this.keeper = keeper;
        this.note = note;
    }

    @Override
    public String name() {
        return "facts";
    }

    /// From any thread, at once, also before it starts.
    public void tell(Fact fact) {
        if (!waiting.offer(fact)) {
            missed.incrementAndGet();
        }
    }

    @Override
    public void start(Consumer<RuntimeException> fault) {
        thread = Optional.of(Thread.ofPlatform().daemon().name("facts").start(() -> go(fault)));
    }

    private void go(Consumer<RuntimeException> fault) {
        try {
            while (!stopping || !waiting.isEmpty()) {
                var first = Optional.ofNullable(waiting.poll(LOOK.toNanos(), TimeUnit.NANOSECONDS));
                boolean pause = first.isPresent() && keepFrom(first.get()) < BATCH_MAX;
                tellMissed();
                if (pause && !stopping) {
                    Thread.sleep(PACE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            fault.accept(e);
        }
    }

    /// @return how many they were
    private int keepFrom(Fact first) {
        var batch = new ArrayList<>(List.of(first));
        int _ = waiting.drainTo(batch, BATCH_MAX - 1);
        try {
            keeper.keep(batch);
        } catch (EventRefusal | StoreFailure _) {
            // Which of them it is shows when each is kept alone.
            batch.forEach(this::keep);
        }
        return batch.size();
    }

    private void keep(Fact fact) {
        try {
            keeper.keep(List.of(fact));
        } catch (EventRefusal | StoreFailure e) {
            note.accept(
                    "the event %s of %s is not kept: %s"
                            .formatted(fact.type(), fact.subject(), e.getMessage()));
        }
    }

    private void tellMissed() {
        long count = missed.getAndSet(0);
        if (count > 0) {
            note.accept(
                    "%d events are not kept, since more than %d wait to be"
                            .formatted(count, WAITING_MAX));
        }
    }

    @Override
    public void stop(Duration grace) throws InterruptedException {
        stopping = true;
        if (thread.isPresent() && !thread.get().join(grace)) {
            thread.get().interrupt();
            thread.get().join();
        }
    }
}
