package dev.sloth.core.state;

import dev.sloth.core.store.state.StateEdit;
import dev.sloth.core.store.state.StateEntry;
import dev.sloth.core.store.state.StateStore;
import dev.sloth.core.store.state.StateView;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Removes what nobody can see any more, in all namespaces: values whose time is up, changes that
/// are older than the history, locks that have ended, and those who waited for one and are not
/// heard of. Done in steps, so that others can write between them.
public final class Sweep {
    /// How many of each kind one step removes.
    static final int STEP_MAX = 500;

    private final StateStore store;
    private final StateLimits limits;
    private final InstantSource time;

    public Sweep(StateStore store, StateLimits limits, InstantSource time) {
        this.store = store;
        this.limits = limits;
        this.time = time;
    }

    /// Does a part of it.
    ///
    /// @return whether there was something to remove, and so there may be more
    public boolean step() {
        var now = time.instant();
        if (!store.read(view -> due(view, now))) {
            return false;
        }
        return store.write(edit -> swept(edit, now) > 0);
    }

    /// Removes values whose time is up, and forgets nothing: for those who only look.
    ///
    /// @return whether there were any, and so there may be more
    boolean expire() {
        var now = time.instant();
        if (store.read(view -> view.expired(now, 1).isEmpty())) {
            return false;
        }
        return store.write(edit -> expired(edit, now) > 0);
    }

    /// Looked at first, for then nobody is kept from writing when there is nothing to do.
    private boolean due(StateView view, Instant now) {
        return !view.expired(now, 1).isEmpty()
                || !view.lost(now, 1).isEmpty()
                || !view.ended(now, 1).isEmpty()
                || view.oldest().filter(fact -> fact.at().isBefore(remembered(now))).isPresent();
    }

    private Instant remembered(Instant now) {
        return now.minus(limits.history());
    }

    private int swept(StateEdit edit, Instant now) {
        int removed = expired(edit, now) + edit.forget(remembered(now), STEP_MAX);
        for (var waiter : edit.lost(now, STEP_MAX)) {
            edit.dequeue(waiter.number());
            removed++;
        }
        for (var lock : edit.ended(now, STEP_MAX)) {
            edit.removeLock(lock);
            removed++;
        }
        return removed;
    }

    private int expired(StateEdit edit, Instant now) {
        var expired = edit.expired(now, STEP_MAX);
        expired.stream()
                .collect(
                        Collectors.groupingBy(StateEntry::space, TreeMap::new, Collectors.toList()))
                .forEach((space, entries) -> remove(edit, space, now, entries));
        return expired.size();
    }

    private void remove(StateEdit edit, String space, Instant now, List<StateEntry> entries) {
        if (space.equals(Remembered.SPACE)) {
            entries.forEach(edit::remove);
            return;
        }
        var writing = new Writing(edit, space, now, limits, "");
        entries.forEach(entry -> writing.remove(entry, true));
        writing.finish();
    }
}
