package dev.sloth.master.afar;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.ArtifactStore;
import dev.sloth.core.store.AttemptRow;
import dev.sloth.core.store.AttemptStore;
import dev.sloth.core.store.Claim;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The store of a master. Runs can be looked at, and something can be asked of them; all else
/// throws [dev.sloth.api.workflow.Problems]. Safe for use by many threads.
public final class RemoteStore implements Store {
    private final RunsFromAfar master;
    private final MasterClock clock;
    private final Drivers drivers;
    private final RemoteRuns runs;

    /// @param master is closed with the store
    public RemoteStore(RunsFromAfar master) {
        this.master = master;
        this.clock = new MasterClock(master.time());
        this.drivers = new Drivers(clock);
        this.runs = new RemoteRuns(master, drivers);
    }

    /// What the master knows of those who drive runs.
    public RunStore.Fate fate() {
        return drivers;
    }

    /// The time of the master, as it said last.
    public InstantSource time() {
        return clock;
    }

    /// Follows a run; to be closed.
    public Pursuit follow(RunId run) {
        return new Pursuit(master.follow(run));
    }

    @Override
    public RunStore runs() {
        return runs;
    }

    @Override
    public AttemptStore attempts() {
        return new RemoteAttempts(master);
    }

    @Override
    public RequestStore requests() {
        return new RemoteRequests(master);
    }

    @Override
    public LogStore logs() {
        return new RemoteLogs(master);
    }

    @Override
    public ArtifactStore artifacts() {
        return new RemoteArtifacts(master);
    }

    private record RemoteAttempts(RunsFromAfar master) implements AttemptStore {
        @Override
        public boolean begin(Claim claim, AttemptId id, String boot, Instant at) {
            throw RunProblems.notFromAfar("to begin an attempt");
        }

        @Override
        public Optional<AttemptRow> find(AttemptId id) {
            return of(id.run()).stream().filter(row -> row.id().equals(id)).findFirst();
        }

        @Override
        public List<AttemptRow> of(RunId run) {
            return master.attempts(run);
        }
    }

    /// Who asks, and when, is what the master says.
    private record RemoteRequests(RunsFromAfar master) implements RequestStore {
        @Override
        public boolean ask(RunId run, Request.Kind kind, String body, String by, Instant at) {
            return master.ask(run, kind, body);
        }

        @Override
        public List<Request> of(RunId run) {
            return master.requests(run);
        }

        @Override
        public void answered(Claim claim, long number) {
            throw RunProblems.notFromAfar("to answer for a run");
        }
    }

    // ---- what is the business of the master alone

    @Override
    public PageStore pages() {
        throw RunProblems.notFromAfar("to follow all runs");
    }

    @Override
    public TimerStore timers() {
        throw RunProblems.notFromAfar("to see timers");
    }

    @Override
    public StateStore state() {
        throw RunProblems.notFromAfar("to see shared state");
    }

    @Override
    public EventStore events() {
        throw RunProblems.notFromAfar("to see events");
    }

    @Override
    public HookStore hooks() {
        throw RunProblems.notFromAfar("to see hooks");
    }

    @Override
    public WatcherStore watchers() {
        throw RunProblems.notFromAfar("to see watchers");
    }

    @Override
    public ScheduleStore schedules() {
        throw RunProblems.notFromAfar("to see schedules");
    }

    @Override
    public SecretStore secrets() {
        throw RunProblems.notFromAfar("to see secrets");
    }

    @Override
    public ClusterStore cluster() {
        throw RunProblems.notFromAfar("to see what a master knows of its agents");
    }

    @Override
    public void close() {
        master.close();
    }
}
