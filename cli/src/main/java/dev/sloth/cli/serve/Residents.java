package dev.sloth.cli.serve;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/// All that `serve` keeps going, from its start to its end.
public final class Residents {
    private final List<Resident> all;
    private final CountDownLatch ending = new CountDownLatch(1);
    private final AtomicReference<Optional<RuntimeException>> fault =
            new AtomicReference<>(Optional.empty());

    /// @param all in the order in which they start; they stop in the opposite one
    public Residents(List<Resident> all) {
        this.all = List.copyOf(all);
    }

    /// Keeps them going until [#end] is called or one of them fails. May be called once.
    ///
    /// @param grace how long all of them together may take to stop
    /// @throws RuntimeException what a resident failed with; the others were stopped by then
    public void serve(Duration grace) throws InterruptedException {
        var started = new ArrayDeque<Resident>();
        try {
            for (var resident : all) {
                resident.start(this::failed);
                started.push(resident);
            }
            ending.await();
        } finally {
            stop(started, System.nanoTime() + grace.toNanos());
        }
        var failure = fault.get();
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /// Ends what [#serve] keeps going; from any thread, as often as one likes.
    public void end() {
        ending.countDown();
    }

    private void failed(RuntimeException cause) {
        if (!fault.compareAndSet(Optional.empty(), Optional.of(cause))) {
            fault.get().ifPresent(first -> addTo(first, cause));
        }
        end();
    }

    private static void addTo(RuntimeException first, RuntimeException other) {
        if (!first.equals(other)) {
            first.addSuppressed(other);
        }
    }

    /// All of them, whatever one of them says.
    private static void stop(Deque<Resident> started, long deadline) throws InterruptedException {
        if (started.isEmpty()) {
            return;
        }
        try {
            long left = Math.max(0, deadline - System.nanoTime());
            started.pop().stop(Duration.ofNanos(left));
        } finally {
            stop(started, deadline);
        }
    }
}
