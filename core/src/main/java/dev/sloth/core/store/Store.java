package dev.sloth.core.store;

import dev.sloth.core.store.secret.SecretStore;
import dev.sloth.core.store.state.StateStore;

/// Everything that is kept. Safe for use by many threads and, where the driver says so, by several
/// processes at once.
public interface Store extends AutoCloseable {
    RunStore runs();

    AttemptStore attempts();

    TimerStore timers();

    RequestStore requests();

    LogStore logs();

    ArtifactStore artifacts();

    StateStore state();

    SecretStore secrets();

    /// Waits for what is under way and lets go of the files.
    ///
    /// @throws StoreFailure when that does not work
    @Override
    void close();
}
