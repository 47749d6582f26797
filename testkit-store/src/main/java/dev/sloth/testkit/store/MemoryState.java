package dev.sloth.testkit.store;

import dev.sloth.core.store.state.StateEdit;
import dev.sloth.core.store.state.StateEntry;
import dev.sloth.core.store.state.StateFact;
import dev.sloth.core.store.state.StateItem;
import dev.sloth.core.store.state.StateLock;
import dev.sloth.core.store.state.StateMemory;
import dev.sloth.core.store.state.StateStore;
import dev.sloth.core.store.state.StateUsage;
import dev.sloth.core.store.state.StateView;
import dev.sloth.core.store.state.StateWaiter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Shared state in memory.
final class MemoryState implements StateStore {
    private final Tables tables;

    MemoryState(Tables tables) {
        this.tables = tables;
    }

    /// A name in a namespace; ordered by bytes.
    record Name(String space, String text) implements Comparable<Name> {
        private static final Comparator<String> BYTES =
                Comparator.comparing(
                        t -> t.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);
        private static final Comparator<Name> ORDER =
                Comparator.comparing(Name::space, BYTES).thenComparing(Name::text, BYTES);

        @Override
        public int compareTo(Name other) {
            return ORDER.compare(this, other);
        }
    }

    /// What is on the disk; changed by [Edit] only.
    static final class Shared {
        final TreeMap<Name, StateEntry> entries = new TreeMap<>();
        final Map<Long, NavigableMap<byte[], byte[]>> items = new TreeMap<>();
        final Map<String, StateUsage> usages = new TreeMap<>();
        final TreeMap<Long, StateFact> facts = new TreeMap<>();
        final TreeMap<Name, StateLock> locks = new TreeMap<>();
        final TreeMap<Long, StateWaiter> waiters = new TreeMap<>();
        final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
        StateMemory memory = new StateMemory(0, 0, Instant.MIN, 0);
        long number;
    }

    @Override
    public <T> T read(Function<StateView, T> work) {
        return tables.read("look at state", disk -> work.apply(new View(disk.shared)));
    }

    @Override
    public <T> T write(Function<StateEdit, T> work) {
        T result = tables.write(edit -> work.apply(new Editing(tables.disk().shared, edit)));
        tables.disk().shared.listeners.forEach(Runnable::run);
        return result;
    }

    @Override
    public Listening listen(Runnable told) {
        Runnable listener = () -> told.run();
        tables.disk().shared.listeners.add(listener);
        return () -> tables.disk().shared.listeners.remove(listener);
    }

    private static class View implements StateView {
        final Shared shared;

        View(Shared shared) {
            this.shared = shared;
        }

        @Override
        public final Optional<StateEntry> entry(String space, String key) {
            return Optional.ofNullable(shared.entries.get(new Name(space, key)));
        }

        @Override
        public final List<StateEntry> outlines(String space, String from, int limit) {
            return shared.entries.tailMap(new Name(space, from)).values().stream()
                    .takeWhile(entry -> entry.space().equals(space))
                    .limit(limit)
                    .map(StateEntry::outline)
                    .toList();
        }

        @Override
        public final List<StateEntry> expired(Instant until, int limit) {
            return expired(_ -> true, until, limit);
        }

        @Override
        public final List<StateEntry> expired(String space, Instant until, int limit) {
            return expired(entry -> entry.space().equals(space), until, limit);
        }

        private List<StateEntry> expired(Predicate<StateEntry> wanted, Instant until, int limit) {
            return shared.entries.values().stream()
                    .filter(wanted)
                    .filter(entry -> !entry.expiresAt().equals(Instant.MAX))
                    .filter(entry -> !entry.expiresAt().isAfter(until))
                    .sorted(
                            Comparator.comparing(StateEntry::expiresAt)
                                    .thenComparingLong(StateEntry::number))
                    .limit(limit)
                    .toList();
        }

        final NavigableMap<byte[], byte[]> itemsOf(StateEntry entry) {
            return shared.items.getOrDefault(
                    entry.number(), new TreeMap<>(Arrays::compareUnsigned));
        }

        @Override
        public final Optional<byte[]> item(StateEntry entry, byte[] place) {
            return Optional.ofNullable(itemsOf(entry).get(place));
        }

        @Override
        public final List<StateItem> items(StateEntry entry, byte[] from, int limit) {
            return itemsOf(entry).tailMap(from).entrySet().stream()
                    .limit(limit)
                    .map(item -> new StateItem(item.getKey(), item.getValue()))
                    .toList();
        }

        @Override
        public final StateUsage usage(String space) {
            return shared.usages.getOrDefault(space, StateUsage.NOTHING);
        }

        @Override
        public final StateMemory memory() {
            return shared.memory;
        }

        @Override
        public final List<StateFact> changes(String space, long after, int limit) {
            return shared.facts.tailMap(after, false).values().stream()
                    .filter(fact -> fact.space().equals(space))
                    .limit(limit)
                    .toList();
        }

        @Override
        public final List<StateFact> changesBefore(String space, long before, int limit) {
            return shared.facts.headMap(before, false).descendingMap().values().stream()
                    .filter(fact -> fact.space().equals(space))
                    .limit(limit)
                    .toList();
        }

        @Override
        public final Optional<StateFact> oldest() {
            return shared.facts.values().stream().findFirst();
        }

        @Override
        public final List<StateFact> changesSince(
                String space, String key, Instant since, int limit) {
            return shared.facts.descendingMap().values().stream()
                    .filter(fact -> fact.space().equals(space) && fact.key().equals(key))
                    .filter(fact -> fact.at().isAfter(since))
                    .limit(limit)
                    .toList();
        }

        @Override
        public final Optional<StateLock> lock(String space, String name) {
            return Optional.ofNullable(shared.locks.get(new Name(space, name)));
        }

        @Override
        public final List<StateLock> locks(String space, String from, int limit) {
            return shared.locks.tailMap(new Name(space, from)).values().stream()
                    .takeWhile(lock -> lock.space().equals(space))
                    .limit(limit)
                    .toList();
        }

        @Override
        public final Optional<StateLock> lockOf(String space, long token) {
            return shared.locks.values().stream()
                    .filter(lock -> lock.space().equals(space) && lock.token() == token)
                    .findFirst();
        }

        @Override
        public final List<StateLock> ended(Instant until, int limit) {
            return shared.locks.values().stream()
                    .filter(lock -> !lock.until().isAfter(until))
                    .limit(limit)
                    .toList();
        }

        @Override
        public final List<StateWaiter> lost(Instant until, int limit) {
            return shared.waiters.values().stream()
                    .filter(waiter -> !waiter.until().isAfter(until))
                    .limit(limit)
                    .toList();
        }

        @Override
        public final List<StateWaiter> waiters(String space, String name) {
            return shared.waiters.values().stream()
                    .filter(waiter -> waiter.space().equals(space) && waiter.name().equals(name))
                    .toList();
        }
    }

    private static final class Editing extends View implements StateEdit {
        private final Edit edit;

        Editing(Shared shared, Edit edit) {
            super(shared);
            this.edit = edit;
        }

        private long next(String name) {
            edit.set(name, () -> shared.number, n -> shared.number = n, shared.number + 1);
            return shared.number;
        }

        private static Name name(StateEntry entry) {
            return new Name(entry.space(), entry.key());
        }

        @Override
        public StateEntry add(StateEntry entry) {
            if (shared.entries.containsKey(name(entry))) {
                throw new IllegalStateException("there is one already: " + entry.key());
            }
            var added = entry.numbered(next("number entry"));
            edit.put("add entry", shared.entries, name(entry), added);
            edit.put(
                    "add items",
                    shared.items,
                    added.number(),
                    new TreeMap<byte[], byte[]>(Arrays::compareUnsigned));
            return added;
        }

        @Override
        public void replace(StateEntry entry) {
            expect(entry);
            edit.put("replace entry", shared.entries, name(entry), entry);
        }

        private void expect(StateEntry entry) {
            if (entry(entry.space(), entry.key())
                    .filter(known -> known.number() == entry.number())
                    .isEmpty()) {
                throw new IllegalStateException("entry '%s' is gone".formatted(entry.key()));
            }
        }

        @Override
        public void remove(StateEntry entry) {
            expect(entry);
            edit.remove("remove entry", shared.entries, name(entry));
            edit.remove("remove items", shared.items, entry.number());
        }

        @Override
        public void putItem(StateEntry entry, StateItem item) {
            edit.put("put item", itemsOf(entry), item.place(), item.value());
        }

        @Override
        public void removeItem(StateEntry entry, byte[] place) {
            edit.remove("remove item", itemsOf(entry), place);
        }

        @Override
        public void use(String space, StateUsage usage) {
            edit.put("put usage", shared.usages, space, usage);
        }

        private void remember(StateMemory memory) {
            Supplier<StateMemory> now = () -> shared.memory;
            edit.set("put memory", now, m -> shared.memory = m, memory);
        }

        @Override
        public void record(StateFact fact) {
            var memory = shared.memory;
            long number = memory.last() + 1;
            remember(
                    new StateMemory(
                            number, memory.forgotten(), memory.forgottenBefore(), memory.token()));
            edit.put(
                    "record change",
                    shared.facts,
                    number,
                    new StateFact(
                            number,
                            fact.space(),
                            fact.key(),
                            fact.kind(),
                            fact.place(),
                            fact.old(),
                            fact.now(),
                            fact.expiry(),
                            fact.expired(),
                            fact.at(),
                            fact.causes()));
        }

        @Override
        public int forget(Instant before, int limit) {
            var old =
                    shared.facts.values().stream()
                            .limit(limit)
                            .filter(fact -> fact.at().isBefore(before))
                            .toList();
            if (old.isEmpty()) {
                return 0;
            }
            long last = old.getLast().number();
            var gone = List.copyOf(shared.facts.headMap(last, true).values());
            var latest = gone.stream().map(StateFact::at).max(Comparator.naturalOrder());
            var known = shared.memory.forgottenBefore();
            var remembered = latest.orElseThrow().plusNanos(1);
            remember(
                    new StateMemory(
                            shared.memory.last(),
                            last,
                            remembered.isAfter(known) ? remembered : known,
                            shared.memory.token()));
            gone.forEach(fact -> edit.remove("forget change", shared.facts, fact.number()));
            return gone.size();
        }

        @Override
        public long token() {
            var memory = shared.memory;
            long token = memory.token() + 1;
            remember(
                    new StateMemory(
                            memory.last(), memory.forgotten(), memory.forgottenBefore(), token));
            return token;
        }

        @Override
        public void putLock(StateLock lock) {
            edit.put("put lock", shared.locks, new Name(lock.space(), lock.name()), lock);
        }

        @Override
        public void removeLock(StateLock lock) {
            edit.remove("remove lock", shared.locks, new Name(lock.space(), lock.name()));
        }

        @Override
        public long enqueue(StateWaiter waiter) {
            long number = next("number waiter");
            edit.put(
                    "add waiter", shared.waiters, number, numbered(waiter, number, waiter.until()));
            return number;
        }

        private static StateWaiter numbered(StateWaiter waiter, long number, Instant until) {
            return new StateWaiter(
                    number, waiter.space(), waiter.name(), waiter.holder(), waiter.since(), until);
        }

        @Override
        public void wait(long waiter, Instant until) {
            Optional.ofNullable(shared.waiters.get(waiter))
                    .ifPresent(known ->
                            edit.put(
                                    "keep waiter",
                                    shared.waiters,
                                    waiter,
                                    numbered(known, waiter, until)));
        }

        @Override
        public void dequeue(long waiter) {
            edit.remove("remove waiter", shared.waiters, waiter);
        }
    }
}
