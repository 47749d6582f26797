package dev.sloth.core.store;

import dev.sloth.core.store.cluster.ClusterStore;
import dev.sloth.core.store.event.EventStore;
import dev.sloth.core.store.event.HookStore;
import dev.sloth.core.store.event.WatcherStore;
import dev.sloth.core.store.secret.SecretStore;
import dev.sloth.core.store.state.StateStore;

/// Everything that is kept. Safe for use by many threads and, where the driver says so, by several
/// processes at once.
public interface Store extends AutoCloseable {
    RunStore runs();

    PageStore pages();

    AttemptStore attempts();

    TimerStore timers();

    RequestStore requests();

    LogStore logs();

    ArtifactStore artifacts();

    StateStore state();

    EventStore events();

    HookStore hooks();

    WatcherStore watchers();

    ScheduleStore schedules();

    SecretStore secrets();

    ClusterStore cluster();

    /// Waits for what is under way and lets go of the files.
    ///
    /// @throws StoreFailure when that does not work
    @Override
    void close();
}
