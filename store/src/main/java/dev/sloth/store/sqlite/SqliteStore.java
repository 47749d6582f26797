package dev.sloth.store.sqlite;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.ArtifactStore;
import dev.sloth.core.store.AttemptStore;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.LogStore;
import dev.sloth.core.store.PageStore;
import dev.sloth.core.store.RequestStore;
import dev.sloth.core.store.RunStore;
import dev.sloth.core.store.ScheduleStore;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.TimerStore;
import dev.sloth.core.store.cluster.ClusterStore;
import dev.sloth.core.store.event.EventStore;
import dev.sloth.core.store.event.HookStore;
import dev.sloth.core.store.event.WatcherStore;
import dev.sloth.core.store.secret.SecretStore;
import dev.sloth.core.store.state.StateStore;
import dev.sloth.store.files.ArtifactFolder;
import dev.sloth.store.files.FolderFailures;
import dev.sloth.store.sql.Leftovers;
import dev.sloth.store.sql.SqlArtifacts;
import dev.sloth.store.sql.SqlAttempts;
import dev.sloth.store.sql.SqlCluster;
import dev.sloth.store.sql.SqlEvents;
import dev.sloth.store.sql.SqlHooks;
import dev.sloth.store.sql.SqlLogs;
import dev.sloth.store.sql.SqlPages;
import dev.sloth.store.sql.SqlRequests;
import dev.sloth.store.sql.SqlRuns;
import dev.sloth.store.sql.SqlSchedules;
import dev.sloth.store.sql.SqlSecrets;
import dev.sloth.store.sql.SqlState;
import dev.sloth.store.sql.SqlTimers;
import dev.sloth.store.sql.SqlWatchers;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.function.Consumer;

/// A store in SQLite files: `store.db`, `logs.db`, `shared.db`, `events.db`, `secrets.db`,
/// `cluster.db` and `artifacts/` in one folder, which several processes may share.
public final class SqliteStore implements Store {
    private static final FileAttribute<?> FOR_ITS_USER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final String SECRETS = "secrets.db";

    private final Database state;
    private final LazyDatabase output;
    private final LazyDatabase shared;
    private final LazyDatabase told;
    private final LazyDatabase secret;
    private final LazyDatabase joined;
    private final Bells bells;
    private final RunStore runs;
    private final PageStore pages;
    private final AttemptStore attempts;
    private final TimerStore timers;
    private final RequestStore requests;
    private final ScheduleStore schedules;
    private final SqlLogs logs;
    private final ArtifactStore artifacts;
    private final StateStore sharedState;
    private final EventStore events;
    private final HookStore hooks;
    private final WatcherStore watchers;
    private final SecretStore secrets;
    private final ClusterStore cluster;
    private final Leftovers leftovers;

    private SqliteStore(
            Path home,
            Database state,
            LazyDatabase output,
            LazyDatabase shared,
            LazyDatabase told,
            LazyDatabase secret,
            LazyDatabase joined,
            Bells bells,
            InstantSource time) {
        this.state = state;
        this.output = output;
        this.shared = shared;
        this.told = told;
        this.bells = bells;
        this.sharedState = new SqlState(shared, bells.shared()::listen);
        this.pages = new SqlPages(state, bells.runs()::listen);
        this.events = new SqlEvents(told, bells.told()::listen);
        this.hooks = new SqlHooks(told);
        this.watchers = new SqlWatchers(told);
        this.secret = secret;
        this.secrets = new SqlSecrets(secret, () -> Files.exists(home.resolve(SECRETS)));
        this.joined = joined;
        this.cluster = new SqlCluster(joined);
        this.logs = new SqlLogs(output, state);
        this.leftovers = new Leftovers(state);
        this.runs = new SqlRuns(state, this::granting, this::deleted);
        this.attempts = new SqlAttempts(state);
        this.timers = new SqlTimers(state);
        this.requests = new SqlRequests(state);
        this.schedules = new SqlSchedules(state);
        this.artifacts =
                new SqlArtifacts(
                        state,
                        new ArtifactFolder(home.resolve("artifacts"), time),
                        this::beforeSweep);
    }

    /// Opens the store in a folder, which is made when it is not there. All but `store.db` are
    /// opened when they are first needed.
    ///
    /// @throws StoreFailure `NEWER`, `DAMAGED`, `FORBIDDEN`, ...
    public static SqliteStore open(Path home, StoreConfig config, InstantSource time) {
        return open(home, config, time, _ -> {});
    }

    /// As above, with faults.
    ///
    /// @param beforeStatement is told the name of each statement before it runs, `commit` before a
    ///   transaction is committed, and `answer` after that, before its callers know. An exception
    ///   from it fails the operation, which then has changed nothing; an [Error] ends the store
    ///   there and then, as if the process had been killed. Only an error makes sense at `answer`.
    public static SqliteStore open(
            Path home, StoreConfig config, InstantSource time, Consumer<String> beforeStatement) {
        makeHome(home);
        NativeLibrary.load(home);
        var faults = new Faults(beforeStatement);
        var bells = Bells.in(home.resolve("bells"));
        var state =
                Database.open(
                        home.resolve("store.db"),
                        Schema.STATE,
                        config,
                        time,
                        faults,
                        bells.runs()::ring);
        var output =
                new LazyDatabase(() ->
                        Database.open(home.resolve("logs.db"), Schema.LOGS, config, time, faults));
        var shared =
                new LazyDatabase(() ->
                        Database.open(
                                home.resolve("shared.db"),
                                Schema.SHARED,
                                config,
                                time,
                                faults,
                                bells.shared()::ring));
        var told =
                new LazyDatabase(() ->
                        Database.open(
                                home.resolve("events.db"),
                                Schema.EVENTS,
                                config,
                                time,
                                faults,
                                bells.told()::ring));
        var secret =
                new LazyDatabase(() ->
                        ofItsUser(home.resolve(SECRETS), Schema.SECRETS, config, time, faults));
        var joined =
                new LazyDatabase(() ->
                        ofItsUser(
                                home.resolve("cluster.db"), Schema.CLUSTER, config, time, faults));
        return new SqliteStore(home, state, output, shared, told, secret, joined, bells, time);
    }

    private static Database ofItsUser(
            Path file, Schema schema, StoreConfig config, InstantSource time, Faults faults) {
        PrivateFile.narrow(file);
        return Database.open(file, schema, config, time, faults);
    }

    /// Scripts and output may hold what is nobody else's business.
    private static void makeHome(Path home) {
        if (Files.isDirectory(home)) {
            return;
        }
        try {
            Files.createDirectories(home.toAbsolutePath().resolveSibling("."));
            Files.createDirectory(home, FOR_ITS_USER);
        } catch (FileAlreadyExistsException e) {
            // Another process may have made it just now.
            if (!Files.isDirectory(home)) {
                throw new StoreFailure(
                        StoreFailure.Reason.BROKEN,
                        "%s is no folder: move it away, or set SLOTH_HOME to a folder"
                                .formatted(e.getFile()),
                        e);
            }
        } catch (IOException e) {
            throw FolderFailures.of(home, e);
        }
    }

    private void beforeSweep() {
        leftovers.clear(logs::forget);
        output.shrink();
        state.shrink();
    }

    private void granting(Claim claim) {
        logs.granting(claim);
    }

    /// The run is gone; when its output cannot be thrown away now, the next sweep will tell.
    private void deleted(RunId run) {
        try {
            leftovers.clear(logs::forget);
        } catch (StoreFailure e) {
            System.getLogger(SqliteStore.class.getName())
                    .log(System.Logger.Level.DEBUG, "the output of run " + run + " remains", e);
        }
    }

    @Override
    public RunStore runs() {
        return runs;
    }

    @Override
    public PageStore pages() {
        return pages;
    }

    @Override
    public AttemptStore attempts() {
        return attempts;
    }

    @Override
    public TimerStore timers() {
        return timers;
    }

    @Override
    public RequestStore requests() {
        return requests;
    }

    @Override
    public LogStore logs() {
        return logs;
    }

    @Override
    public ArtifactStore artifacts() {
        return artifacts;
    }

    @Override
    public StateStore state() {
        return sharedState;
    }

    @Override
    public EventStore events() {
        return events;
    }

    @Override
    public HookStore hooks() {
        return hooks;
    }

    @Override
    public WatcherStore watchers() {
        return watchers;
    }

    @Override
    public ScheduleStore schedules() {
        return schedules;
    }

    @Override
    public SecretStore secrets() {
        return secrets;
    }

    @Override
    public ClusterStore cluster() {
        return cluster;
    }

    /// How many writes to the state of runs wait for those before them.
    public int waitingWrites() {
        return state.waiting();
    }

    @Override
    public void close() {
        try (bells;
                state;
                output;
                shared;
                told;
                secret;
                joined) {
            // Closed in the order from the last to the first, whatever fails.
        }
    }
}
