package dev.sloth.core.event;

import dev.sloth.api.event.Event;
import dev.sloth.api.state.StateChange;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;

/// Changes of shared state as facts.
final class StateFacts {
    /// With what their types begin.
    static final String FAMILY = "state.";

    private StateFacts() {}

    static Event of(StateChange change) {
        var data =
                new DataTable()
                        .with("key", change.key())
                        .with("old", change.old())
                        .with("new", change.now());
        return new Event(
                EventId.state(change.number()),
                type(change),
                change.key(),
                "state",
                change.at(),
                change.place() == Value.Nil.NIL ? data : data.with("place", change.place()),
                change.causes());
    }

    /// A part of a hash or a set comes and goes without the key doing so.
    private static String type(StateChange change) {
        if (change.expired()) {
            return "state.expired";
        }
        if (change.place() != Value.Nil.NIL) {
            return "state.changed";
        }
        if (change.old() == Value.Nil.NIL) {
            return "state.created";
        }
        return change.now() == Value.Nil.NIL ? "state.deleted" : "state.changed";
    }
}
