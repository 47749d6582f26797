package dev.sloth.core.state;

import dev.sloth.core.store.state.StateEdit;
import dev.sloth.core.store.state.StateEntry;
import dev.sloth.core.store.state.StateFact;
import dev.sloth.core.store.state.StateItem;
import dev.sloth.core.store.state.StateLock;
import dev.sloth.core.store.state.StateMemory;
import dev.sloth.core.store.state.StateUsage;
import dev.sloth.core.store.state.StateView;
import dev.sloth.core.store.state.StateWaiter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A state of the store with changes of one namespace that are kept aside: they are seen here, and
/// nowhere else. Only commands are done on it: who waits and who sweeps works on the store itself.
final class Draft implements StateEdit {
    private final StateView base;
    private final Aside aside;

    /// @param base on which the changes were made
    Draft(StateView base, Aside aside) {
        this.base = base;
        this.aside = aside;
    }

    // ---- entries

    @Override
    public Optional<StateEntry> entry(String space, String key) {
        var here = aside.entries.get(key);
        return here == null ? base.entry(space, key) : here;
    }

    /// The page of the store is longer by what may be hidden of it, so none is left out.
    @Override
    public List<StateEntry> outlines(String space, String from, int limit) {
        var here = aside.entries.tailMap(from, true);
        var there = base.outlines(space, from, limit + here.size());
        return merged(there, here.values(), Comparator.comparing(StateEntry::key, Names.BY_BYTES))
                .limit(limit)
                .map(StateEntry::outline)
                .toList();
    }

    private Stream<StateEntry> merged(
            List<StateEntry> there,
            Collection<Optional<StateEntry>> here,
            Comparator<StateEntry> order) {
        return Stream.concat(
                        there.stream().filter(entry -> !aside.entries.containsKey(entry.key())),
                        here.stream().flatMap(Optional::stream))
                .sorted(order);
    }

    @Override
    public List<StateEntry> expired(String space, Instant until, int limit) {
        var here =
                aside.entries.values().stream()
                        .filter(kept -> kept.filter(e -> !e.expiresAt().isAfter(until)).isPresent())
                        .toList();
        var there = base.expired(space, until, limit + aside.entries.size());
        return merged(there, here, Comparator.comparing(StateEntry::expiresAt))
                .limit(limit)
                .toList();
    }

    @Override
    public StateEntry add(StateEntry entry) {
        aside.wrote(entry.value());
        var added = entry.numbered(aside.nextEntry());
        aside.entries.put(entry.key(), Optional.of(added));
        return added;
    }

    @Override
    public void replace(StateEntry entry) {
        aside.wrote(entry.value());
        aside.entries.put(entry.key(), Optional.of(entry));
    }

    @Override
    public void remove(StateEntry entry) {
        aside.entries.put(entry.key(), Optional.empty());
        aside.items.remove(entry.number());
    }

    // ---- items

    @Override
    public Optional<byte[]> item(StateEntry entry, byte[] place) {
        var here = aside.itemsOf(entry).get(place);
        if (here != null) {
            return here;
        }
        return Aside.isNew(entry) ? Optional.empty() : base.item(entry, place);
    }

    @Override
    public List<StateItem> items(StateEntry entry, byte[] from, int limit) {
        var here = aside.itemsOf(entry).tailMap(from, true);
        var there =
                Aside.isNew(entry)
                        ? List.<StateItem>of()
                        : base.items(entry, from, limit + here.size());
        return Stream.concat(
                        there.stream().filter(item -> !here.containsKey(item.place())),
                        here.entrySet().stream()
                                .flatMap(item ->
                                        item.getValue().stream()
                                                .map(value -> new StateItem(item.getKey(), value))))
                .sorted(Comparator.comparing(StateItem::place, Aside.BYTES))
                .limit(limit)
                .toList();
    }

    @Override
    public void putItem(StateEntry entry, StateItem item) {
        aside.wrote(item.value());
        aside.itemsOf(entry).put(item.place(), Optional.of(item.value()));
    }

    @Override
    public void removeItem(StateEntry entry, byte[] place) {
        aside.itemsOf(entry).put(place, Optional.empty());
    }

    // ---- books

    @Override
    public StateUsage usage(String space) {
        return aside.usage.orElseGet(() -> base.usage(space));
    }

    @Override
    public void use(String space, StateUsage usage) {
        aside.usage = Optional.of(usage);
    }

    @Override
    public void record(StateFact fact) {
        aside.facts.add(fact);
    }

    @Override
    public List<StateFact> changesSince(String space, String key, Instant since, int limit) {
        var here =
                aside.facts.reversed().stream()
                        .filter(fact -> fact.key().equals(key) && fact.at().isAfter(since));
        return Stream.concat(here, base.changesSince(space, key, since, limit).stream())
                .limit(limit)
                .toList();
    }

    // ---- locks

    @Override
    public Optional<StateLock> lock(String space, String name) {
        return Optional.ofNullable(aside.locks.get(name)).or(() -> base.lock(space, name));
    }

    @Override
    public List<StateLock> locks(String space, String from, int limit) {
        var here = aside.locks.tailMap(from, true);
        var all = new ArrayList<>(here.values());
        base.locks(space, from, limit).stream()
                .filter(lock -> !here.containsKey(lock.name()))
                .forEach(all::add);
        return all.stream()
                .sorted(Comparator.comparing(StateLock::name, Names.BY_BYTES))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<StateLock> lockOf(String space, long token) {
        return aside.locks.values().stream()
                .filter(lock -> lock.token() == token)
                .findFirst()
                .or(() ->
                        base.lockOf(space, token)
                                .filter(lock -> !aside.locks.containsKey(lock.name())));
    }

    @Override
    public long token() {
        return base.memory().token() + ++aside.tokens;
    }

    @Override
    public void putLock(StateLock lock) {
        aside.locks.put(lock.name(), lock);
    }

    // ---- what no command changes

    @Override
    public List<StateEntry> expired(Instant until, int limit) {
        return base.expired(until, limit);
    }

    @Override
    public StateMemory memory() {
        return base.memory();
    }

    @Override
    public List<StateFact> changes(String space, long after, int limit) {
        return base.changes(space, after, limit);
    }

    @Override
    public List<StateFact> changesBefore(String space, long before, int limit) {
        return base.changesBefore(space, before, limit);
    }

    @Override
    public Optional<StateFact> oldest() {
        return base.oldest();
    }

    @Override
    public List<StateLock> ended(Instant until, int limit) {
        return base.ended(until, limit);
    }

    @Override
    public List<StateWaiter> lost(Instant until, int limit) {
        return base.lost(until, limit);
    }

    @Override
    public List<StateWaiter> waiters(String space, String name) {
        return base.waiters(space, name);
    }

    private static IllegalStateException notHere() {
        return new IllegalStateException("only commands are done on a draft");
    }

    @Override
    public int forget(Instant before, int limit) {
        throw notHere();
    }

    @Override
    public void removeLock(StateLock lock) {
        throw notHere();
    }

    @Override
    public long enqueue(StateWaiter waiter) {
        throw notHere();
    }

    @Override
    public void wait(long waiter, Instant until) {
        throw notHere();
    }

    @Override
    public void dequeue(long waiter) {
        throw notHere();
    }
}
