package dev.sloth.testkit.store;

import dev.sloth.api.state.SharedState;
import dev.sloth.core.state.LocalState;
import dev.sloth.core.store.Store;
import org.junit.jupiter.api.Nested;

/// What shared state must do, whoever is asked for it.
public abstract class StatesContract {
    /// Opens the store of the test at hand, as [StoreContract] says.
    protected abstract Store open();

    /// Who is asked for the state that is kept there.
    protected abstract SharedState sight(LocalState kept);

    @Nested
    final class Keys extends StateKeysContract {
        Keys() {
            super(StatesContract.this::open, StatesContract.this::sight);
        }
    }

    @Nested
    final class Answers extends SharedStateContract {
        Answers() {
            super(StatesContract.this::open, StatesContract.this::sight);
        }
    }

    @Nested
    final class Transactions extends TransactionContract {
        Transactions() {
            super(StatesContract.this::open, StatesContract.this::sight);
        }
    }
}
