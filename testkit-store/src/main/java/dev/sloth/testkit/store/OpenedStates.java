package dev.sloth.testkit.store;

import dev.sloth.core.state.LocalState;
import dev.sloth.core.state.StateLimits;
import dev.sloth.core.store.Store;
import java.time.Instant;
import java.util.function.Supplier;

/// Part of the contract: opens shared state, at a time that the test sets.
abstract class OpenedStates extends Opened {
    Instant now = Samples.NOW;

    OpenedStates(Supplier<Store> opening) {
        super(opening);
    }

    final LocalState state(String space) {
        return state(store, space);
    }

    final LocalState state(Store in, String space) {
        return new LocalState(in.state(), space, StateLimits.DEFAULT, () -> now, () -> now);
    }
}
