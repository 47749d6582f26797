package dev.sloth.testkit.store;

import dev.sloth.core.store.event.DeliveryRow;
import dev.sloth.core.store.event.EventRow;
import dev.sloth.core.store.event.EventStore;
import dev.sloth.core.store.event.HookRow;
import dev.sloth.core.store.event.WatcherRow;
import dev.sloth.core.store.event.WatcherStore;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Stream;

/// Facts that were told, in memory.
final class MemoryEvents implements EventStore {
    private final Tables tables;

    MemoryEvents(Tables tables) {
        this.tables = tables;
    }

    /// What is on the disk; changed by [Edit] only.
    static final class Told {
        final TreeMap<Long, EventRow> events = new TreeMap<>();
        final TreeMap<Long, HookRow> hooks = new TreeMap<>();
        final TreeMap<Long, DeliveryRow> deliveries = new TreeMap<>();
        final TreeMap<MemoryState.Name, WatcherRow> watchers = new TreeMap<>();
        final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
        long last;
        long number;
    }

    @Override
    public long add(EventRow event) {
        long number = tables.write(edit -> add(edit, event));
        tables.disk().told.listeners.forEach(Runnable::run);
        return number;
    }

    @Override
    public void addAll(List<EventRow> events) {
        var _ = tables.write(edit -> events.stream().map(event -> add(edit, event)).toList());
        tables.disk().told.listeners.forEach(Runnable::run);
    }

    private long add(Edit edit, EventRow event) {
        var told = tables.disk().told;
        long next = told.last + 1;
        edit.<Long>set("number event", () -> told.last, n -> told.last = n, next);
        edit.put("add event", told.events, next, numbered(event, next));
        return next;
    }

    private static EventRow numbered(EventRow event, long number) {
        return new EventRow(
                number,
                event.space(),
                event.type(),
                event.subject(),
                event.source(),
                event.at(),
                event.causes(),
                event.data());
    }

    @Override
    public List<EventRow> behind(String space, long number, int limit) {
        return tables.read(
                "list events behind",
                disk ->
                        of(
                                space,
                                limit,
                                disk.told.events.tailMap(number, false).values().stream()));
    }

    @Override
    public List<EventRow> before(String space, long number, int limit) {
        return tables.read(
                "list events before",
                disk ->
                        of(
                                space,
                                limit,
                                disk
                                        .told
                                        .events
                                        .headMap(number, false)
                                        .descendingMap()
                                        .values()
                                        .stream()));
    }

    private static List<EventRow> of(String space, int limit, Stream<EventRow> events) {
        return events.filter(event -> event.space().equals(space)).limit(limit).toList();
    }

    @Override
    public long last() {
        return tables.read("find last event", disk -> disk.told.last);
    }

    @Override
    public int forget(Instant before, long keep, int limit) {
        return tables.write(edit -> {
            var events = tables.disk().told.events;
            var kept = events.descendingMap().values().stream().limit(keep).toList();
            var old =
                    events.values().stream()
                            .filter(e -> e.at().isBefore(before) || !kept.contains(e))
                            .limit(limit)
                            .toList();
            old.forEach(event -> edit.remove("forget event", events, event.number()));
            return old.size();
        });
    }

    @Override
    public Listening listen(Runnable told) {
        Runnable listener = () -> told.run();
        tables.disk().told.listeners.add(listener);
        return () -> tables.disk().told.listeners.remove(listener);
    }

    /// Watchers in memory.
    static final class Watchers implements WatcherStore {
        private final Tables tables;

        Watchers(Tables tables) {
            this.tables = tables;
        }

        @Override
        public boolean put(WatcherRow watcher, int limit) {
            return tables.write(edit -> {
                var watchers = tables.disk().told.watchers;
                var name = new MemoryState.Name(watcher.space(), watcher.name());
                long others =
                        watchers.keySet().stream()
                                .filter(n -> n.space().equals(watcher.space()) && !n.equals(name))
                                .count();
                if (others < limit) {
                    edit.put("put watcher", watchers, name, watcher);
                }
                return others < limit;
            });
        }

        @Override
        public List<String> remove(String space, List<String> names) {
            return tables.write(edit -> {
                var watchers = tables.disk().told.watchers;
                var none =
                        names.stream()
                                .filter(n -> !watchers.containsKey(new MemoryState.Name(space, n)))
                                .toList();
                for (var name : none.isEmpty() ? names : List.<String>of()) {
                    edit.remove("remove watcher", watchers, new MemoryState.Name(space, name));
                }
                return none;
            });
        }

        @Override
        public List<WatcherRow> list(String space) {
            return tables.read(
                    "list watchers",
                    disk ->
                            disk.told.watchers.values().stream()
                                    .filter(watcher -> watcher.space().equals(space))
                                    .toList());
        }
    }
}
