package dev.sloth.core.store.state;

import java.time.Instant;

/// A state of the store that may be changed; sees its own changes.
public interface StateEdit extends StateView {
    /// Adds an entry under a key that has none.
    ///
    /// @param entry without a number
    /// @return with its number
    StateEntry add(StateEntry entry);

    /// Replaces all but the number and the items.
    void replace(StateEntry entry);

    /// With all its items.
    void remove(StateEntry entry);

    /// Adds an item, or replaces the one at its place.
    void putItem(StateEntry entry, StateItem item);

    void removeItem(StateEntry entry, byte[] place);

    void use(String space, StateUsage usage);

    /// @param fact without a number
    void record(StateFact fact);

    /// Forgets changes that came before a time: of the first `limit` all up to the last such one.
    ///
    /// @return how many
    int forget(Instant before, int limit);

    /// A number greater than all that were given before, in all namespaces.
    long token();

    void putLock(StateLock lock);

    void removeLock(StateLock lock);

    /// Adds one who waits.
    ///
    /// @param waiter without a number
    /// @return its number, greater than those of all who came before
    long enqueue(StateWaiter waiter);

    /// Sets until when it counts.
    void wait(long waiter, Instant until);

    void dequeue(long waiter);
}
