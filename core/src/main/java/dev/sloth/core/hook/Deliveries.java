package dev.sloth.core.hook;

import dev.sloth.api.event.Event;
import dev.sloth.core.journal.DataBytes;
import dev.sloth.core.store.event.DeliveryRow;
import dev.sloth.core.store.event.DeliveryRow.State;
import dev.sloth.core.store.event.HookRow;
import dev.sloth.core.store.event.HookStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Hands out what is owed to hooks, and keeps what came of it.
public final class Deliveries {
    /// How much longer than the longest try others wait before they take a delivery again: by then
    /// whoever had it has stopped, or is gone.
    private static final Duration STOPPING = Duration.ofMinutes(1);

    private final HookStore store;
    private final String space;
    private final String self;
    private final HookLimits limits;
    private final InstantSource time;

    /// @param self who we are to others: the text of an [dev.sloth.core.store.Owner]
    public Deliveries(
            HookStore store, String space, String self, HookLimits limits, InstantSource time) {
        this.store = store;
        this.space = space;
        this.self = self;
        this.limits = limits;
        this.time = time;
    }

    /// A delivery that is ours to try.
    public record Owed(HookRow hook, DeliveryRow row) {
        /// The event, as the hook is told of it.
        public Event event() {
            return new Event(
                    row.event(),
                    row.type(),
                    row.subject(),
                    row.source(),
                    row.at(),
                    DataBytes.read("the event " + row.event(), row.data()),
                    row.causes().lines().toList());
        }

        /// What caused whatever the hook tells.
        public List<String> causes() {
            var causes = new ArrayList<>(row.causes().lines().toList());
            causes.add("%s (%s) -> hook %s".formatted(row.type(), row.event(), hook.name()));
            return causes;
        }
    }

    /// Takes what is due of a hook, up to so many.
    public List<Owed> take(HookRow hook, int limit) {
        var now = time.instant();
        var until = now.plus(NewHook.TIMEOUT_MAX).plus(STOPPING);
        return store.take(hook.number(), self, now, until, limit).stream()
                .map(row -> new Owed(hook, row))
                .toList();
    }

    /// The hooks that are on.
    public List<HookRow> hooks() {
        return store.list(space).stream().filter(HookRow::enabled).toList();
    }

    /// When there is something of a hook to be taken; [Instant#MAX] when nothing waits.
    public Instant nextDue(HookRow hook) {
        return store.nextDue(hook.number());
    }

    /// What came of a try.
    public sealed interface Result {
        /// Its condition did not hold.
        record Unwanted() implements Result {}

        record Done(String message, String output) implements Result {}

        record Failed(String message, String output) implements Result {}
    }

    /// Keeps what came of a try.
    ///
    /// @return where the delivery stands now
    public State keep(Owed owed, Result result) {
        var row = owed.row();
        int tries = row.attempts() + 1;
        var now = time.instant();
        return switch (result) {
            case Result.Unwanted _ -> {
                store.passOver(row, self);
                yield State.DONE;
            }
            case Result.Done(var message, var output) ->
                    kept(row.tried(State.DONE, tries, now, message, shortened(output)));
            case Result.Failed(var message, var output) -> {
                boolean dead = tries >= owed.hook().attempts();
                yield kept(
                        row.tried(
                                dead ? State.DEAD : State.PENDING,
                                tries,
                                dead ? now : now.plus(pause(tries)),
                                message,
                                shortened(output)));
            }
        };
    }

    private State kept(DeliveryRow after) {
        // When somebody else has it by now, what came of their try counts.
        boolean _ = store.tried(after, self);
        return after.state();
    }

    private String shortened(String output) {
        int max = limits.outputMax();
        return output.length() <= max ? output : output.substring(output.length() - max);
    }

    /// How long to wait after so many tries.
    Duration pause(int tries) {
        var pause = limits.retryFirst();
        for (int i = 1; i < tries && pause.compareTo(limits.retryMax()) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(limits.retryMax()) < 0 ? pause : limits.retryMax();
    }

    /// A try that was cut short by our own end: others may take it at once, and it does not count.
    public void giveBack() {
        int _ = store.release(self);
    }

    /// Takes away what those have who are gone.
    ///
    /// @param gone judges the text of an owner
    public void takeOver(Predicate<String> gone) {
        store.owners().stream()
                .filter(owner -> !owner.equals(self))
                .filter(gone)
                .forEach(store::release);
    }

    /// Forgets what is old.
    ///
    /// @return how many dead deliveries went
    public int sweep() {
        int dead = 0;
        for (var hook : store.list(space)) {
            dead += store.sweep(hook.number(), limits.doneKept(), limits.deadKept());
        }
        return dead;
    }
}
