package dev.sloth.core.store.state;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One state of the store, to look at. Texts are ordered by their bytes in UTF-8. For use within
/// the work that got it.
public interface StateView {
    /// Whether it has expired is not looked at, here and below.
    Optional<StateEntry> entry(String space, String key);

    /// Entries from this key on, in the order of their keys, without the value of a
    /// [StateEntry.Kind#VALUE]: many of them at once may be more than there is memory for.
    List<StateEntry> outlines(String space, String from, int limit);

    /// Entries of all namespaces that expire no later than this, those first that expire first.
    List<StateEntry> expired(Instant until, int limit);

    /// Those of one namespace.
    List<StateEntry> expired(String space, Instant until, int limit);

    Optional<byte[]> item(StateEntry entry, byte[] place);

    /// Items from this place on, ordered by the bytes of their places.
    List<StateItem> items(StateEntry entry, byte[] from, int limit);

    StateUsage usage(String space);

    StateMemory memory();

    /// Changes behind this one, in their order.
    List<StateFact> changes(String space, long after, int limit);

    /// Changes before this one, the last ones first.
    List<StateFact> changesBefore(String space, long before, int limit);

    /// The first change that is remembered, of all namespaces.
    Optional<StateFact> oldest();

    /// Changes of a key later than a time, the last one first.
    List<StateFact> changesSince(String space, String key, Instant since, int limit);

    Optional<StateLock> lock(String space, String name);

    /// Locks from this name on, in the order of their names.
    List<StateLock> locks(String space, String from, int limit);

    /// The lock that was given this token last.
    Optional<StateLock> lockOf(String space, long token);

    /// Locks of all namespaces that are held no longer than until this time, in no order.
    List<StateLock> ended(Instant until, int limit);

    /// Those of all namespaces who count as waiting no longer than until this time, those first who
    /// came first.
    List<StateWaiter> lost(Instant until, int limit);

    /// Who waits for a lock, those first who came first.
    List<StateWaiter> waiters(String space, String name);
}
