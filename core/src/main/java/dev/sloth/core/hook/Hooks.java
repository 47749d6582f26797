package dev.sloth.core.hook;

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
    private final HookStore store;
    private final EventStream stream;
    private final String space;
    private final InstantSource time;

    public Hooks(HookStore store, EventStream stream, String space, InstantSource time) {
        this.store = store;
        this.stream = stream;
        this.space = space;
        this.time = time;
    }

    /// Adds a hook, which is told of what happens from now on.
    ///
    /// @return false when the name is taken
    public boolean add(NewHook hook) {
        return store.add(
                new HookRow(
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
                        stream.end()));
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

    /// A dead delivery is tried anew.
    ///
    /// @return false when there is no dead one of this number
    public boolean retry(long delivery) {
        return store.retry(delivery, time.instant());
    }

    /// A dead delivery is dropped.
    ///
    /// @return false when there is no dead one of this number
    public boolean drop(long delivery) {
        return store.drop(delivery);
    }
}
