package dev.sloth.core.event;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.EventRefusal.Reason;
import dev.sloth.api.event.Events;
import dev.sloth.api.event.Fact;
import dev.sloth.api.event.Watcher;
import dev.sloth.api.value.Data;
import dev.sloth.core.journal.DataBytes;
import dev.sloth.core.store.event.EventRow;
import dev.sloth.core.store.event.EventStore;
import dev.sloth.core.store.event.WatcherRow;
import dev.sloth.core.store.event.WatcherStore;
import java.time.InstantSource;
import java.util.List;

/// Keeps what is told in one namespace, in a store that this process can reach.
public final class LocalEvents implements Events.Door {
    private final EventStore events;
    private final WatcherStore watchers;
    private final String space;
    private final EventLimits limits;
    private final InstantSource time;

    public LocalEvents(
            EventStore events,
            WatcherStore watchers,
            String space,
            EventLimits limits,
            InstantSource time) {
        this.events = events;
        this.watchers = watchers;
        this.space = space;
        this.limits = limits;
        this.time = time;
    }

    @Override
    public Events as(String source, List<String> causes) {
        return new Events() {
            @Override
            public String dispatch(Fact fact) {
                return keep(fact, source, causes);
            }

            @Override
            public String watch(Watcher watcher) {
                return keep(watcher, source);
            }
        };
    }

    /// Keeps several facts in their order, all of them or none.
    ///
    /// @throws EventRefusal when one of them is not taken
    public void keepAll(String source, List<Fact> facts) {
        events.addAll(facts.stream().map(fact -> row(fact, source, List.of())).toList());
    }

    private String keep(Fact fact, String source, List<String> causes) {
        return EventId.told(events.add(row(fact, source, causes)));
    }

    private EventRow row(Fact fact, String source, List<String> causes) {
        if (causes.size() > limits.chainMax()) {
            throw new EventRefusal(
                    Reason.CHAIN,
                    "the event %s would end a chain of more than %d causes, as of hooks that set off each other: %s"
                            .formatted(fact.type(), limits.chainMax(), String.join(" > ", causes)));
        }
        byte[] data = encoded(fact);
        if (data.length > limits.dataMax()) {
            throw tooLarge(fact, Integer.toString(data.length));
        }
        return new EventRow(
                0,
                space,
                fact.type(),
                fact.subject(),
                source,
                time.instant(),
                String.join("\n", causes),
                data);
    }

    private EventRefusal tooLarge(Fact fact, String bytes) {
        return new EventRefusal(
                Reason.LARGE,
                "the data of the event %s takes %s bytes, at most %d are taken: keep what is large elsewhere and tell where"
                        .formatted(fact.type(), bytes, limits.dataMax()));
    }

    private byte[] encoded(Fact fact) {
        var where = "the data of the event " + fact.type();
        try {
            return DataBytes.of(Data.copyOf(fact.data(), where, limits.dataMax()));
        } catch (Data.TooLarge _) {
            throw tooLarge(fact, "more than " + limits.dataMax());
        } catch (IllegalArgumentException e) {
            throw new EventRefusal(Reason.WRONG, String.valueOf(e.getMessage()));
        }
    }

    private String keep(Watcher watcher, String by) {
        var row =
                new WatcherRow(
                        space, watcher.name(), WatcherFormat.bytes(watcher), by, time.instant());
        if (!watchers.put(row, limits.watchersMax())) {
            throw new EventRefusal(
                    Reason.QUOTA,
                    "there are %d watchers already: `sloth-runner watcher list` shows them, `sloth-runner watcher remove` makes room"
                            .formatted(limits.watchersMax()));
        }
        return watcher.name();
    }
}
