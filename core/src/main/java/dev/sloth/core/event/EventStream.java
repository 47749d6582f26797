package dev.sloth.core.event;

import dev.sloth.api.event.Event;
import dev.sloth.api.state.StateChange;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.core.journal.DataBytes;
import dev.sloth.core.journal.RunSight;
import dev.sloth.core.state.StateChanges;
import dev.sloth.core.store.PageStore;
import dev.sloth.core.store.PageStore.KeptPage;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.event.EventRow;
import dev.sloth.core.store.event.EventStore;
import dev.sloth.core.store.event.Position;
import dev.sloth.core.store.news.News.Listening;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// The facts of one namespace, and of all runs, wherever they are kept.
public final class EventStream {
    /// How many rows are read in one go.
    private static final int PAGE = 100;

    private final PageStore pages;
    private final RunSight sight;
    private final StateChanges state;
    private final EventStore told;
    private final String space;

    public EventStream(Store store, String space) {
        this.pages = store.pages();
        this.sight = new RunSight(store.runs()::content);
        this.state = new StateChanges(store.state(), space);
        this.told = store.events();
        this.space = space;
    }

    /// What was found behind a position.
    ///
    /// @param next behind all that was looked at
    /// @param more whether there may be more behind that
    /// @param missed whether facts of shared state were forgotten before they were read
    public record Read(List<Event> events, Position next, boolean more, boolean missed) {
        public Read {
            events = List.copyOf(events);
        }
    }

    /// Behind all that there is now.
    public Position end() {
        return new Position(pages.last(), state.last(), told.last());
    }

    /// The first facts behind a position. What cannot be wanted is not read, and the position stays
    /// there: whoever keeps it has nothing to keep when only that goes on.
    public Read behind(Position from, Types types) {
        var events = new ArrayList<Event>();
        var runs = ofRuns(from.runs(), types, events);
        var changes = ofState(from.state(), types, events);
        var facts = ofTold(from.told(), types, events);
        return new Read(
                events,
                new Position(runs.last(), changes.last(), facts.last()),
                runs.more() || changes.more() || facts.more(),
                changes.missed());
    }

    /// How far one place was read.
    private record Reached(long last, boolean more, boolean missed) {
        Reached(long last, boolean more) {
            this(last, more, false);
        }
    }

    private static boolean wantsRuns(Types types) {
        return RunFacts.FAMILIES.stream().anyMatch(types::mayWant);
    }

    private Reached ofRuns(long from, Types types, List<Event> events) {
        if (!wantsRuns(types)) {
            return new Reached(from, false);
        }
        var found = pages.behind(from, PAGE);
        for (var page : found) {
            add(events, facts(page), types);
        }
        long last = found.isEmpty() ? from : found.getLast().number();
        return new Reached(last, found.size() == PAGE);
    }

    private static void add(List<Event> events, List<Event> found, Types types) {
        found.stream().filter(event -> types.want(event.type())).forEach(events::add);
    }

    private Reached ofState(long from, Types types, List<Event> events) {
        if (!types.mayWant(StateFacts.FAMILY)) {
            return new Reached(from, false);
        }
        try {
            var found = state.behind(from);
            add(events, found.changes().stream().map(StateFacts::of).toList(), types);
            return new Reached(found.last(), !found.changes().isEmpty());
        } catch (StateRefusal e) {
            if (e.reason() != StateRefusal.Reason.FORGOTTEN) {
                throw e;
            }
            return new Reached(state.forgotten(), true, true);
        }
    }

    private Reached ofTold(long from, Types types, List<Event> events) {
        var found = told.behind(space, from, PAGE);
        add(events, found.stream().map(EventStream::event).toList(), types);
        long last = found.isEmpty() ? from : found.getLast().number();
        return new Reached(last, found.size() == PAGE);
    }

    private static Event event(EventRow row) {
        return new Event(
                EventId.told(row.number()),
                row.type(),
                row.subject(),
                row.source(),
                row.at(),
                DataBytes.read("the event " + EventId.told(row.number()), row.data()),
                row.causes().lines().toList());
    }

    /// The last facts that are wanted, the newest first.
    ///
    /// @param wanted may be asked of many
    /// @param lookedMax after how many facts of each place to give up
    public List<Event> last(Types types, Predicate<Event> wanted, int limit, int lookedMax) {
        var events = new ArrayList<Event>();
        var looking = new Looking(types, wanted, limit, lookedMax);
        if (wantsRuns(types)) {
            looking.back(pages::before, KeptPage::number, this::facts, events);
        }
        if (types.mayWant(StateFacts.FAMILY)) {
            looking.back(
                    state::before,
                    StateChange::number,
                    change -> List.of(StateFacts.of(change)),
                    events);
        }
        looking.back(
                (number, rows) -> told.before(space, number, rows),
                EventRow::number,
                row -> List.of(event(row)),
                events);
        events.sort(Comparator.comparing(Event::at).reversed());
        return List.copyOf(events.subList(0, Math.min(limit, events.size())));
    }

    private List<Event> facts(KeptPage page) {
        return RunFacts.of(page, sight.of(page));
    }

    /// Rows before a number, the last ones first.
    @FunctionalInterface
    private interface Before<R> {
        List<R> rows(long number, int limit);
    }

    /// A look back over one place after the other.
    private record Looking(Types types, Predicate<Event> wanted, int limit, int lookedMax) {
        /// @param facts of a row, in their order
        <R> void back(
                Before<R> before,
                ToLongFunction<R> number,
                Function<R, List<Event>> facts,
                List<Event> into) {
            int found = 0;
            int looked = 0;
            var rows = before.rows(Long.MAX_VALUE, PAGE);
            while (!rows.isEmpty() && found < limit && looked < lookedMax) {
                for (var row : rows) {
                    var events = facts.apply(row);
                    looked += Math.max(1, events.size());
                    var these = events.reversed().stream().filter(this::wants).toList();
                    into.addAll(these);
                    found += these.size();
                }
                rows = before.rows(number.applyAsLong(rows.getLast()), PAGE);
            }
        }

        private boolean wants(Event event) {
            return types.want(event.type()) && wanted.test(event);
        }
    }

    /// The fact of this id; empty when there is none, or none any more.
    public Optional<Event> find(String id) {
        return EventId.parse(id).stream()
                .flatMap(parsed -> around(parsed).stream())
                .filter(event -> event.id().equals(id))
                .findFirst();
    }

    private List<Event> around(EventId id) {
        return switch (id) {
            case EventId.OfRun(long page, int _) ->
                    pages.behind(page - 1, 1).stream()
                            .flatMap(found -> facts(found).stream())
                            .toList();
            case EventId.OfState(long number) ->
                    state.before(number + 1, 1).stream().map(StateFacts::of).toList();
            case EventId.Told(long number) ->
                    told.behind(space, number - 1, 1).stream().map(EventStream::event).toList();
        };
    }

    /// Calls `told` when there may be new facts, until it is closed.
    public Listening listen(Runnable news) {
        var all = List.of(pages.listen(news), state.listen(news), told.listen(news));
        return () -> all.forEach(Listening::close);
    }
}
