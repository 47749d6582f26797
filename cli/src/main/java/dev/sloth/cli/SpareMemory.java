package dev.sloth.cli;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Gives memory back while an agent has nothing to do: what its start or its last tasks left behind
/// is collected, and the heap shrinks to what is used. The collector by itself has no reason to, as
/// an idle agent asks it for next to nothing.
final class SpareMemory implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(15);

    /// What must have come since the last time for it to be worth while.
    private static final long WORTH_BYTES = 4 << 20;

    private final BooleanSupplier idle;
    private final Heap heap;
    private final Thread thread;
    private long left;

    /// The memory of a process.
    interface Heap {
        long used();

        void collect();

        /// That of this one.
        Heap OURS =
                new Heap() {
                    @Override
                    public long used() {
                        var runtime = Runtime.getRuntime();
                        return runtime.totalMemory() - runtime.freeMemory();
                    }

                    @Override
                    public void collect() {
                        System.gc();
                    }
                };
    }

    SpareMemory(BooleanSupplier idle, Heap heap) {
        this.idle = idle;
        this.heap = heap;
        this.thread = Thread.ofVirtual().name("spare memory").unstarted(this::watch);
    }

    static SpareMemory whenever(BooleanSupplier idle) {
        var spare = new SpareMemory(idle, Heap.OURS);
        spare.thread.start();
        return spare;
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(LOOK);
                look();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    void look() {
        if (idle.getAsBoolean() && heap.used() - left >= WORTH_BYTES) {
            heap.collect();
            left = heap.used();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
