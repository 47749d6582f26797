package dev.sloth.testkit.store;

import dev.sloth.core.store.Store;
import org.junit.jupiter.api.Nested;

/// What every store must do. A driver's test extends this class.
public abstract class StoreContract {
    /// Opens the store of the test at hand: at each call another handle on the same store, as
    /// another process would have it. The contract closes what it has opened.
    protected abstract Store open();

    @Nested
    final class Submitting extends SubmitContract {
        Submitting() {
            super(StoreContract.this::open);
        }
    }

    @Nested
    final class Listing extends ListContract {
        Listing() {
            super(StoreContract.this::open);
        }
    }

    @Nested
    final class Claims extends ClaimContract {
        Claims() {
            super(StoreContract.this::open);
        }
    }

    @Nested
    final class Fencing extends FenceContract {
        Fencing() {
            super(StoreContract.this::open);
        }
    }

    @Nested
    final class Journals extends JournalContract {
        Journals() {
            super(StoreContract.this::open);
        }
    }

    @Nested
    final class Attempts extends AttemptContract {
        Attempts() {
            super(StoreContract.this::open);
        }
    }

    @Nested
    final class TimersAndRequests extends TimerContract {
        TimersAndRequests() {
            super(StoreContract.this::open);
        }
    }

    @Nested
    final class Logs extends LogContract {
        Logs() {
            super(StoreContract.this::open);
        }
    }

    @Nested
    final class Artifacts extends ArtifactContract {
        Artifacts() {
            super(StoreContract.this::open);
        }
    }

    @Nested
    final class Deleting extends DeleteContract {
        Deleting() {
            super(StoreContract.this::open);
        }
    }

    @Nested
    final class Schedules extends ScheduleContract {
        Schedules() {
            super(StoreContract.this::open);
        }
    }

    @Nested
    final class SharedStates extends StateContract {
        SharedStates() {
            super(StoreContract.this::open);
        }
    }

    @Nested
    final class StateKeys extends StateKeysContract {
        StateKeys() {
            super(StoreContract.this::open, kept -> kept);
        }
    }

    @Nested
    final class SharedStateAnswers extends SharedStateContract {
        SharedStateAnswers() {
            super(StoreContract.this::open, kept -> kept);
        }
    }

    @Nested
    final class StateRequests extends RequestContract {
        StateRequests() {
            super(StoreContract.this::open);
        }
    }

    @Nested
    final class StateTransactions extends TransactionContract {
        StateTransactions() {
            super(StoreContract.this::open, kept -> kept);
        }
    }

    @Nested
    final class Pages extends PageContract {
        Pages() {
            super(StoreContract.this::open);
        }
    }

    @Nested
    final class Secrets extends SecretContract {
        Secrets() {
            super(StoreContract.this::open);
        }
    }

    @Nested
    final class Clusters extends ClusterContract {
        Clusters() {
            super(StoreContract.this::open);
        }
    }

    @Nested
    final class Access extends AccessContract {
        Access() {
            super(StoreContract.this::open);
        }
    }

    @Nested
    final class Events extends EventContract {
        Events() {
            super(StoreContract.this::open);
        }
    }

    @Nested
    final class Hooks extends HookContract {
        Hooks() {
            super(StoreContract.this::open);
        }
    }

    @Nested
    final class Vaults extends VaultContract {
        Vaults() {
            super(StoreContract.this::open);
        }
    }
}
