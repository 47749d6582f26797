package dev.sloth.core.hook;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.EventRefusal.Reason;
import dev.sloth.api.event.HookBook.Put;
import dev.sloth.api.event.HookWish.Power;
import dev.sloth.core.event.EventLimits;
import dev.sloth.core.event.EventStream;
import dev.sloth.core.store.event.DeliveryRow;
import dev.sloth.core.store.event.HookRow;
import dev.sloth.core.store.event.HookStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The hooks of one namespace, as those who look after them see them.
public final class Hooks {
    /// How often a hook is put that others remove and add meanwhile.
    private static final int TRIES_MAX = 10;

    private final HookStore store;
    private final EventStream stream;
    private final String space;
    private final EventLimits limits;
    private final InstantSource time;

    public Hooks(
            HookStore store,
            EventStream stream,
            String space,
            EventLimits limits,
            InstantSource time) {
        this.store = store;
        this.stream = stream;
        this.space = space;
        this.limits = limits;
        this.time = time;
    }

    /// Adds a hook, which is told of what happens from now on.
    ///
    /// @return false when the name is taken
    /// @throws EventRefusal `QUOTA` when there are as many as there may be
    public boolean add(NewHook hook) {
        return switch (store.add(row(hook), limits.hooksMax())) {
            case ADDED -> true;
            case TAKEN -> false;
            case FULL ->
                    throw new EventRefusal(
                            Reason.QUOTA,
                            "there are %d hooks already: `sloth-runner hook list` shows them, `sloth-runner hook remove` makes room"
                                    .formatted(limits.hooksMax()));
        };
    }

    private HookRow row(NewHook hook) {
        return new HookRow(
                0,
                space,
                hook.name(),
                hook.file(),
                hook.types().patterns(),
                hook.condition(),
                hook.description(),
                hook.enabled(),
                hook.timeout(),
                hook.attempts(),
                time.instant(),
                stream.end());
    }

    /// Has a hook as it is wanted. One of its name that has other settings gets these in one step:
    /// it goes on from where it has read, and is owed what it was owed.
    ///
    /// @param power whether one that is there is switched
    /// @param replace whether one that is there may get other settings
    /// @throws EventRefusal `TAKEN` when it may not, `QUOTA` when there are as many as there may be
    public Put put(NewHook hook, Power power, boolean replace) {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            var there = find(hook.name());
            if (there.isEmpty()) {
                if (add(hook)) {
                    return Put.ADDED;
                }
                continue;
            }
            var before = there.get();
            var after = power == Power.AS_IT_IS ? row(hook).enabled(before.enabled()) : row(hook);
            if (before.settings().equals(after.settings())) {
                return Put.SAME;
            }
            if (!replace) {
                throw new EventRefusal(
                        Reason.TAKEN, "there is a hook '%s' already".formatted(hook.name()));
            }
            if (store.change(after.numbered(before.number()))) {
                return Put.REPLACED;
            }
        }
        throw new EventRefusal(
                Reason.TAKEN,
                "others add and remove the hook '%s' all the time".formatted(hook.name()));
    }

    public Optional<HookRow> find(String name) {
        return store.find(space, name);
    }

    /// Ordered by their names.
    public List<HookRow> list() {
        return store.list(space);
    }

    /// @return false when there is none
    public boolean remove(String name) {
        return store.remove(space, name);
    }

    /// Switches a hook on or off. One that comes on is told of what happens from then on; what was
    /// owed to it before is still owed.
    ///
    /// @return false when there is none
    public boolean enable(String name, boolean on) {
        var hook = find(name);
        if (hook.isEmpty() || hook.get().enabled() == on) {
            return hook.isPresent();
        }
        return store.enable(space, name, on, stream.end());
    }

    /// How many deliveries stand how.
    public record Counts(int pending, int done, int dead) {}

    public Counts counts(HookRow hook) {
        return new Counts(
                store.count(hook.number(), DeliveryRow.State.PENDING),
                store.count(hook.number(), DeliveryRow.State.DONE),
                store.count(hook.number(), DeliveryRow.State.DEAD));
    }

    /// Deliveries that stand so, the last ones first.
    public List<DeliveryRow> deliveries(HookRow hook, Set<DeliveryRow.State> states, int limit) {
        return store.deliveries(hook.number(), states, limit);
    }

    /// Dead deliveries are tried anew: all of these, or none.
    ///
    /// @return the numbers that no dead one has: if there are any, nothing has changed
    public List<Long> retry(List<Long> deliveries) {
        return store.retry(space, deliveries, time.instant());
    }

    /// Dead deliveries are dropped: all of these, or none.
    ///
    /// @return the numbers that no dead one has: if there are any, nothing has changed
    public List<Long> drop(List<Long> deliveries) {
        return store.drop(space, deliveries);
    }
}
