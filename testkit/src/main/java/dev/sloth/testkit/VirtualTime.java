package dev.sloth.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/// A clock that stands still until a test moves it, and the actions that are due on the way.
public final class VirtualTime implements InstantSource {
    private record Due(Instant at, long order, Runnable action) {}

    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
    private Instant now = Instant.EPOCH;
    private long order;

    @Override
    public Instant instant() {
        return now;
    }

    /// Has the action run once `delay` has passed; those due at one instant run in the order in
    /// which they were given.
    public void after(Duration delay, Runnable action) {
        due.add(new Due(now.plus(delay), order++, action));
    }

    /// Has the action run at an instant, or at once when that has passed.
    public void at(Instant instant, Runnable action) {
        due.add(new Due(instant.isBefore(now) ? now : instant, order++, action));
    }

    /// Moves the clock on by `length`, running what becomes due, also what these actions add.
    public void run(Duration length) {
        var end = now.plus(length);
        while (!due.isEmpty() && !due.peek().at().isAfter(end)) {
            next();
        }
        now = end;
    }

    /// Runs until nothing is due any more and says how many actions that took.
    ///
    /// @throws IllegalStateException when more than `actionsMax` were needed
    public long runUntilIdle(long actionsMax) {
        long done = 0;
        while (!due.isEmpty()) {
            if (done == actionsMax) {
                throw new IllegalStateException("still busy after " + actionsMax + " actions");
            }
            next();
            done++;
        }
        return done;
    }

    private void next() {
        var next = due.remove();
        now = next.at();
        next.action().run();
    }
}
