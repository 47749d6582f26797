package dev.sloth.plugins.goroutine;

import dev.sloth.api.plugin.Concurrency;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A context: what is begun in it should end when it is cancelled or its time is up. Cancelling one
/// cancels its children, never its parent.
final class Scope {
    static final String CANCELLED = "context canceled";
    static final String EXPIRED = "context deadline exceeded";

    private static final int CROWDED_MIN = 16;

    private final InstantSource time;
    private final Optional<Instant> deadline;
    private final List<Scope> children = new ArrayList<>();

    /// At how many children those that have ended are looked for: so seldom that making many takes
    /// time for each only once.
    private int crowded = CROWDED_MIN;

    private final Gathering waiting = new Gathering();
    private Optional<String> error = Optional.empty();

    private Scope(InstantSource time, Optional<Instant> deadline) {
        this.time = time;
        this.deadline = deadline;
    }

    static Scope root(InstantSource time) {
        return new Scope(time, Optional.empty());
    }

    /// A child that ends with this one, or at its own deadline if that is earlier.
    Scope child(Optional<Instant> own) {
        var earlier =
                deadline.isPresent() && (own.isEmpty() || deadline.get().isBefore(own.get()))
                        ? deadline
                        : own;
        var child = new Scope(time, earlier);
        child.error = error();
        if (child.error.isEmpty()) {
            makeRoom();
            children.add(child);
        }
        return child;
    }

    private void makeRoom() {
        if (children.size() >= crowded) {
            children.removeIf(c -> c.error().isPresent());
            crowded = Math.max(CROWDED_MIN, 2 * children.size());
        }
    }

    void cancel() {
        end(error().orElse(CANCELLED));
    }

    private void end(String why) {
        if (error.isPresent()) {
            return;
        }
        error = Optional.of(why);
        waiting.wakeAll();
        children.forEach(child -> child.end(child.error().orElse(why)));
        children.clear();
    }

    /// Why it has ended, if it has.
    Optional<String> error() {
        if (error.isEmpty() && deadline.filter(d -> !time.instant().isBefore(d)).isPresent()) {
            return Optional.of(EXPIRED);
        }
        return error;
    }

    Optional<Instant> deadline() {
        return deadline;
    }

    /// Waits until it has ended; false when `longest` was over before.
    boolean await(Concurrency turns, Optional<Duration> longest) throws InterruptedException {
        var own = Limit.of(longest, turns);
        while (error().isEmpty() && !own.over()) {
            waiting.await("context wait", () -> error().isPresent(), nearer(own));
        }
        return error().isPresent();
    }

    private Limit nearer(Limit own) {
        if (deadline.isEmpty()) {
            return own;
        }
        var left = Duration.between(time.instant(), deadline.get());
        var ownLeft = own.left();
        return ownLeft.isZero() || left.compareTo(ownLeft) < 0 ? Limit.in(left, own.turns()) : own;
    }
}
