package dev.sloth.testkit.store;

import dev.sloth.core.store.ArtifactStore;
import dev.sloth.core.store.AttemptStore;
import dev.sloth.core.store.LogStore;
import dev.sloth.core.store.PageStore;
import dev.sloth.core.store.RequestStore;
import dev.sloth.core.store.RunStore;
import dev.sloth.core.store.ScheduleStore;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.TimerStore;
import dev.sloth.core.store.cluster.ClusterStore;
import dev.sloth.core.store.event.EventStore;
import dev.sloth.core.store.event.HookStore;
import dev.sloth.core.store.event.WatcherStore;
import dev.sloth.core.store.secret.SecretStore;
import dev.sloth.core.store.state.StateStore;
import java.util.function.Consumer;

/// A store in memory that keeps the contract of stores, with faults.
public final class MemoryStore implements Store {
    /// Said before an operation that wrote takes effect.
    public static final String COMMIT = "commit";

    /// Said after that, before the caller knows.
    public static final String ANSWER = "answer";

    private final Tables tables;

    private MemoryStore(Tables tables) {
        this.tables = tables;
    }

    public static MemoryStore open(MemoryDisk disk) {
        return open(disk, _ -> {});
    }

    /// A store with faults.
    ///
    /// @param beforeStatement is told the name of each statement before it runs, [#COMMIT] before
    ///   an operation takes effect, and [#ANSWER] after that, before its caller knows. An exception
    ///   from it fails the operation, which then has changed nothing; an [Error] ends this store
    ///   there and then, as if its process had been killed: what is on the disk stays, and another
    ///   store can be opened on it. Only an error makes sense at [#ANSWER].
    public static MemoryStore open(MemoryDisk disk, Consumer<String> beforeStatement) {
        return new MemoryStore(new Tables(disk, beforeStatement));
    }

    @Override
    public RunStore runs() {
        return new MemoryRuns(tables);
    }

    @Override
    public PageStore pages() {
        return new MemoryPages(tables);
    }

    @Override
    public EventStore events() {
        return new MemoryEvents(tables);
    }

    @Override
    public HookStore hooks() {
        return new MemoryHooks(tables);
    }

    @Override
    public WatcherStore watchers() {
        return new MemoryEvents.Watchers(tables);
    }

    @Override
    public AttemptStore attempts() {
        return new MemoryAttempts(tables);
    }

    @Override
    public TimerStore timers() {
        return new MemoryTimers(tables);
    }

    @Override
    public RequestStore requests() {
        return new MemoryRequests(tables);
    }

    @Override
    public LogStore logs() {
        return new MemoryLogs(tables);
    }

    @Override
    public ArtifactStore artifacts() {
        return new MemoryArtifacts(tables);
    }

    @Override
    public StateStore state() {
        return new MemoryState(tables);
    }

    @Override
    public ScheduleStore schedules() {
        return new MemorySchedules(tables);
    }

    @Override
    public SecretStore secrets() {
        return new MemorySecrets(tables);
    }

    @Override
    public ClusterStore cluster() {
        return new MemoryCluster(tables);
    }

    @Override
    public void close() {
        tables.stop();
    }
}
