package dev.sloth.plugins.goroutine;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Concurrency;
import dev.sloth.api.plugin.Keeper;
import dev.sloth.api.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// A context: what is begun in it should end when it is cancelled or its time is up. Cancelling one
/// cancels its children, never its parent.
///
/// A context knows its parent and looks there whether it has ended. The parent knows only those of
/// its children in which somebody waits, who must be woken: the others cost it nothing.
final class Scope implements Keeper {
    static final String CANCELLED = "context canceled";
    static final String EXPIRED = "context deadline exceeded";

    /// How many contexts may lie in each other: so many are looked at for the end of one.
    static final int DEPTH_MAX = 10_000;

    private record End(String why, Instant at) {}

    private final InstantSource time;
    private final Optional<Scope> parent;
    private final Optional<Instant> deadline;
    private final int depth;
    private final Gathering waiting = new Gathering();

    /// How many wait in this one itself.
    private int waits;

    /// The children in which somebody waits, or below which.
    private Set<Scope> awaited = Set.of();

    /// What is known of its end.
    private Optional<End> end = Optional.empty();

    private Scope(
            InstantSource time, Optional<Scope> parent, Optional<Instant> deadline, int depth) {
        this.time = time;
        this.parent = parent;
        this.deadline = deadline;
        this.depth = depth;
    }

    static Scope root(InstantSource time) {
        return new Scope(time, Optional.empty(), Optional.empty(), 0);
    }

    /// A child that ends with this one, or at its own deadline if that is earlier.
    ///
    /// @throws CallFailure when it would lie too deep
    Scope child(Optional<Instant> own) {
        var earlier =
                deadline.isPresent() && (own.isEmpty() || deadline.get().isBefore(own.get()))
                        ? deadline
                        : own;
        var known = end();
        if (known.isPresent()) {
            var ended = new Scope(time, Optional.empty(), earlier, 0);
            ended.end = known;
            return ended;
        }
        if (depth == DEPTH_MAX) {
            throw new CallFailure("contexts lie in each other at most " + DEPTH_MAX + " deep");
        }
        return new Scope(time, Optional.of(this), earlier, depth + 1);
    }

    void cancel() {
        end = end().or(() -> Optional.of(new End(CANCELLED, time.instant())));
        var open = new ArrayDeque<>(List.of(this));
        for (var each = open.poll(); each != null; each = open.poll()) {
            each.waiting.wakeAll();
            open.addAll(each.awaited);
        }
    }

    /// Why it has ended, if it has.
    Optional<String> error() {
        return end().map(End::why);
    }

    private Optional<End> end() {
        if (end.isEmpty()) {
            end = endAbove().map(this::orEarlier).or(this::endInTime);
        }
        return end;
    }

    /// The end of the nearest one that has ended, which is the earliest, too.
    private Optional<End> endAbove() {
        for (var at = parent; at.isPresent(); at = at.get().parent) {
            if (at.get().end.isPresent()) {
                return at.get().end;
            }
        }
        return Optional.empty();
    }

    /// Its deadline, if that had come before.
    private End orEarlier(End above) {
        return deadline.filter(own -> !above.at().isBefore(own))
                .map(own -> new End(EXPIRED, own))
                .orElse(above);
    }

    private Optional<End> endInTime() {
        return deadline.filter(own -> !time.instant().isBefore(own))
                .map(own -> new End(EXPIRED, own));
    }

    Optional<Instant> deadline() {
        return deadline;
    }

    /// Waits until it has ended; false when `longest` was over before.
    boolean await(Concurrency turns, Optional<Duration> longest) throws InterruptedException {
        var own = Limit.of(longest, turns);
        enter();
        try {
            while (error().isEmpty() && !own.over()) {
                waiting.await("context wait", () -> error().isPresent(), nearer(own));
            }
        } finally {
            leave();
        }
        return error().isPresent();
    }

    private void enter() {
        waits++;
        var at = this;
        while (at.parent.isPresent() && at.parent.get().add(at)) {
            at = at.parent.get();
        }
    }

    private boolean add(Scope child) {
        if (awaited.isEmpty()) {
            awaited = new LinkedHashSet<>();
        }
        return awaited.add(child);
    }

    private void leave() {
        waits--;
        var at = this;
        while (at.waits == 0 && at.awaited.isEmpty() && at.parent.isPresent()) {
            at.parent.get().remove(at);
            at = at.parent.get();
        }
    }

    private void remove(Scope child) {
        awaited.remove(child);
        if (awaited.isEmpty()) {
            awaited = Set.of();
        }
    }

    private Limit nearer(Limit own) {
        if (deadline.isEmpty()) {
            return own;
        }
        var left = Duration.between(time.instant(), deadline.get());
        var ownLeft = own.left();
        return ownLeft.isZero() || left.compareTo(ownLeft) < 0 ? Limit.in(left, own.turns()) : own;
    }

    /// Its parent, which nobody else may hold, and its deadline.
    @Override
    public void show(Consumer<Value> each) {
        each.accept(parent.map(ScopeFunctions::handle).orElse(Value.Nil.NIL));
        each.accept(ScopeFunctions.deadline(this));
    }
}
