package dev.sloth.testkit.store;

import dev.sloth.api.state.SharedState;
import dev.sloth.core.state.LocalState;
import dev.sloth.core.state.StateLimits;
import dev.sloth.core.store.Store;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;

/// Part of the contract: opens shared state, at a time that the test sets.
abstract class OpenedStates extends Opened {
    private final Function<LocalState, SharedState> sight;
    Instant now = Samples.NOW;

    /// @param sight who is asked for the state that is kept there
    OpenedStates(Supplier<Store> opening, Function<LocalState, SharedState> sight) {
        super(opening);
        this.sight = sight;
    }

    final TestedState state(String space) {
        return state(store, space);
    }

    final TestedState state(Store in, String space) {
        var local = new LocalState(in.state(), space, StateLimits.DEFAULT, () -> now, () -> now);
        return new TestedState(sight.apply(local), local);
    }
}
