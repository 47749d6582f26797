package dev.sloth.core.state;

import dev.sloth.api.state.StateChange;
import dev.sloth.core.store.news.News.Listening;
import dev.sloth.core.store.state.StateStore;
import java.util.List;

/// The changes of one namespace, for those who follow them by number.
public final class StateChanges {
    private static final Pattern ALL = Pattern.of("*");

    private final StateStore store;
    private final String space;

    public StateChanges(StateStore store, String space) {
        this.store = store;
        this.space = space;
    }

    /// @param last the number of the last change that was looked at
    public record Found(List<StateChange> changes, long last) {
        public Found {
            changes = List.copyOf(changes);
        }
    }

    /// The number of the last change; 0 when there was none.
    public long last() {
        return store.read(view -> view.memory().last());
    }

    /// The number of the last change that is not remembered any more.
    public long forgotten() {
        return store.read(view -> view.memory().forgotten());
    }

    /// The first changes behind a number.
    ///
    /// @throws dev.sloth.api.state.StateRefusal `FORGOTTEN` when some are not remembered any more
    public Found behind(long number) {
        var facts = store.read(view -> Facts.behind(view, space, ALL, number));
        return new Found(facts.changes(), facts.last());
    }

    /// The last changes before a number, the last one first.
    public List<StateChange> before(long number, int limit) {
        return store.read(view ->
                view.changesBefore(space, number, limit).stream().map(Facts::change).toList());
    }

    /// See [dev.sloth.core.store.news.News].
    public Listening listen(Runnable told) {
        return store.listen(told);
    }
}
