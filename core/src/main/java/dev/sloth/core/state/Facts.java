package dev.sloth.core.state;

import dev.sloth.api.state.SharedState.Watch;
import dev.sloth.api.state.StateChange;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.core.store.state.StateFact;
import dev.sloth.core.store.state.StateView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Changes as those who watch are told of them.
///
/// @param last the number of the last change that was looked at
record Facts(List<StateChange> changes, long last) {
    /// How many are read at once, with what was there and is.
    private static final int PAGE = 32;

    /// How many bytes of values those that are told at once have, but for the last of them.
    private static final long BYTES_MAX = 16 << 20;

    /// The first changes behind a number whose keys match.
    ///
    /// @throws StateRefusal `FORGOTTEN` when some are not remembered any more
    static Facts behind(Reading reading, Pattern pattern, long seen) {
        return behind(reading.view(), reading.space(), pattern, seen);
    }

    static Facts behind(StateView view, String space, Pattern pattern, long seen) {
        if (seen < view.memory().forgotten()) {
            throw new StateRefusal(
                    StateRefusal.Reason.FORGOTTEN,
                    "changes were forgotten before this watch has seen them: look more often, or raise state.history");
        }
        var changes = new ArrayList<StateChange>();
        long last = seen;
        long bytes = 0;
        while (true) {
            var page = view.changes(space, last, PAGE);
            for (var fact : page) {
                last = fact.number();
                if (!Arrays.equals(fact.old(), fact.now()) && pattern.matches(fact.key())) {
                    changes.add(change(fact));
                    bytes += fact.old().length + fact.now().length;
                }
                if (changes.size() == Watch.CHANGES_MAX || bytes >= BYTES_MAX) {
                    return new Facts(changes, last);
                }
            }
            if (page.size() < PAGE) {
                // All has been seen, also what is of other namespaces and may be forgotten.
                return new Facts(changes, Math.max(last, view.memory().last()));
            }
        }
    }

    static StateChange change(StateFact fact) {
        return new StateChange(
                fact.number(),
                fact.key(),
                place(fact),
                value(fact.old()),
                value(fact.now()),
                fact.at(),
                fact.expired(),
                fact.causes().lines().toList());
    }

    private static Value place(StateFact fact) {
        return switch (fact.kind()) {
            case VALUE, LIST -> Value.Nil.NIL;
            case HASH -> Text.of(Place.field(fact.place()));
            case SET -> Place.member(fact.place());
        };
    }

    private static Value value(byte[] encoded) {
        return encoded.length == 0 ? Value.Nil.NIL : Reading.decoded(encoded);
    }
}
