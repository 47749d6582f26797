package dev.sloth.master;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.security.audit.Audit;
import dev.sloth.core.security.authn.Agents;
import dev.sloth.core.security.authn.JoinTokens;
import dev.sloth.core.security.authn.RefusedJoins;
import dev.sloth.core.security.authz.Access;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.RunStore;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.cluster.ClusterStore;
import dev.sloth.core.store.cluster.ClusterTables;
import dev.sloth.core.store.cluster.MasterRow;
import dev.sloth.drive.KeptRuns;
import dev.sloth.drive.SteadyTime;
import dev.sloth.master.authority.Authority;
import dev.sloth.master.authority.SignatureFile;
import dev.sloth.master.dispatch.Fleet;
import dev.sloth.master.rpc.Acting;
import dev.sloth.master.rpc.Door;
import dev.sloth.master.rpc.Sharing;
import dev.sloth.master.rpc.WorkOf;
import dev.sloth.master.run.MasterRuns;
import dev.sloth.master.run.RunNews;
import dev.sloth.master.run.WorkflowSecrets;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.master.session.MasterNews;
import dev.sloth.master.session.Roster;
import dev.sloth.wire.CredentialsFile;
import dev.sloth.wire.LiveCredentials;
import dev.sloth.wire.WireProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// A master that goes on until it is closed.
public final class Master implements AutoCloseable {
    private static final String ADMINISTRATOR = "admin";

    /// How often it looks after its sessions.
    private static final Duration LOOK = Duration.ofSeconds(1);

    /// How often the store hears when agents were last heard.
    private static final Duration SAVE = Duration.ofSeconds(10);

    /// Until others may take it to be gone, and how often that is put off.
    private static final Duration LEASE = Duration.ofSeconds(10);

    private static final Duration RENEW = Duration.ofSeconds(3);

    private final FolderLock folder;
    private final Door door;
    private final Fleet fleet;
    private final MasterRuns runs;
    private final Roster roster;
    private final MasterNews news;
    private final ScheduledExecutorService clock;
    private final Runnable lastWords;

    private Master(
            FolderLock folder,
            Door door,
            Roster roster,
            Fleet fleet,
            MasterRuns runs,
            MasterNews news,
            ScheduledExecutorService clock,
            Runnable lastWords) {
        this.fleet = fleet;
        this.runs = runs;
        this.lastWords = lastWords;
        this.folder = folder;
        this.door = door;
        this.roster = roster;
        this.news = news;
        this.clock = clock;
    }

    /// What a master works with.
    ///
    /// @param owner this process
    /// @param fate what is known of others
    /// @param secrets those that workflows declare
    /// @param namespace of the state and the events that runs share
    /// @param sharing what those share who work
    public record Means(
            Store store,
            Owner owner,
            RunStore.Fate fate,
            WorkflowSecrets secrets,
            String namespace,
            Function<WorkOf, Sharing> sharing,
            SecureRandom random,
            InstantSource time,
            MasterNews news) {}

    /// @throws dev.sloth.api.workflow.Problems when the folder or the port cannot be had
    public static Master start(MasterConfig config, Means means) {
        var folder = FolderLock.of(config.data());
        boolean started = false;
        try {
            var master = started(config, means, folder);
            started = true;
            return master;
        } finally {
            if (!started) {
                folder.close();
            }
        }
    }

    private static Master started(MasterConfig config, Means means, FolderLock folder) {
        var store = means.store().cluster();
        var random = means.random();
        var time = means.time();
        var news = means.news();
        var authority =
                Authority.open(
                        config.data().resolve("ca").resolve("authority.pem"),
                        config.lives(),
                        random,
                        time);
        var signatures =
                SignatureFile.open(
                        config.data().resolve("ca").resolve("signatures"), authority, time);
        var administrator = administrator(config, authority, time);
        var own = new LiveCredentials(authority.master(config.id()));
        var agents = new Agents(store, () -> id(random), time);
        var audit = new Audit(store, time);
        long incarnation = begun(store, agents, config.id(), time.instant());
        var fleet = fleet(config, store, news);
        var roster = new Roster(agents, config.id(), config.silenceMax(), time, news, fleet);
        var runs = runs(means, fleet);
        begin(fleet, roster, runs);
        var door =
                Door.open(
                        config.port(),
                        new Interior(authority, own, agents, audit, roster, fleet, runs)
                                .parts(config, means),
                        config.greeting(incarnation));
        news.tell(
                new MasterEvent.Started(
                        door.port(), authority.trustDomain(), incarnation, administrator));
        var clock = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
        var lease = new Lease(store, config.id(), incarnation, ":" + door.port());
        lease.hold(time.instant().plus(LEASE));
        var master =
                new Master(
                        folder,
                        door,
                        roster,
                        fleet,
                        runs,
                        news,
                        clock,
                        lastWords(audit, lease, signatures, time));
        master.every(RENEW, () -> lease.hold(time.instant().plus(LEASE)));
        master.every(SAVE, signatures::save);
        master.every(LOOK, () -> renew(own, authority, config.id(), time));
        master.lookAfterOthers(audit);
        return master;
    }

    /// What stands behind the door.
    ///
    /// @param own what the master shows
    private record Interior(
            Authority authority,
            LiveCredentials own,
            Agents agents,
            Audit audit,
            Roster roster,
            Fleet fleet,
            MasterRuns runs) {
        Door.Parts parts(MasterConfig config, Means means) {
            var store = means.store().cluster();
            var time = means.time();
            var file = new CredentialsFile(config.administrator());
            return new Door.Parts(
                    authority,
                    own,
                    agents,
                    new JoinTokens(store, time),
                    new RefusedJoins(config.refusals().joinsMax(), time),
                    new Access(store, time),
                    audit,
                    roster,
                    new Overview(store, roster, authority, own, file, time),
                    fleet,
                    runs,
                    new Door.Kept(means.store(), means.fate(), runs::submit),
                    scratch(config.data()),
                    means.sharing().apply(new Work(means.namespace(), runs)),
                    config.refusals(),
                    means.random(),
                    time,
                    means.news());
        }
    }

    private static Runnable lastWords(
            Audit audit, Lease lease, SignatureFile signatures, InstantSource time) {
        return () -> {
            try {
                audit.settleAll();
                signatures.save();
            } finally {
                lease.hold(time.instant());
            }
        };
    }

    private void lookAfterOthers(Audit audit) {
        every(LOOK, roster::sweep);
        every(LOOK, door::sweep);
        every(LOOK, runs::look);
        every(LOOK, audit::settle);
        every(SAVE, roster::save);
    }

    private record Work(String namespace, MasterRuns runs) implements WorkOf {
        @Override
        public Optional<Acting> acting(String agent, String order) {
            return runs.of(agent, order).map(run -> new Acting(namespace, run.causes()));
        }

        @Override
        public Optional<Part> underWay(String agent, String order) {
            return runs.underWay(agent, order).map(run -> new Part(run.id(), run.task(order)));
        }
    }

    private static Fleet fleet(MasterConfig config, ClusterStore store, MasterNews news) {
        long epoch = store.read(ClusterTables::shards).getFirst().epoch();
        return new Fleet(
                store,
                config.dispatch(),
                epoch,
                SteadyTime.notBefore(Instant.MIN),
                failure -> news.tell(new MasterEvent.Trouble(failure)));
    }

    private static MasterRuns runs(Means means, Fleet fleet) {
        var kept = new KeptRuns(means.store(), means.owner(), means.fate(), means.time());
        return new MasterRuns(
                kept,
                fleet,
                means.secrets(),
                means.time(),
                means.random()::nextLong,
                new ToldRuns(means.news()));
    }

    /// What is known of agents and of orders first, so that whoever comes is met by it.
    private static void begin(Fleet fleet, Roster roster, MasterRuns runs) {
        roster.callTheRoll();
        runs.tidy();
        fleet.start(new Fleet.Ways(roster::send, roster::goAway));
        runs.look();
    }

    private static Path scratch(Path data) {
        try {
            var folder = Files.createDirectories(data.resolve("arriving"));
            try (var left = Files.newDirectoryStream(folder)) {
                for (var file : left) {
                    Files.deleteIfExists(file);
                }
            }
            return folder;
        } catch (IOException e) {
            throw WireProblems.unusable(
                    "the folder %s cannot be used".formatted(data.resolve("arriving")),
                    e,
                    "make it one that the master may write");
        }
    }

    private record ToldRuns(MasterNews news) implements RunNews {
        @Override
        public void began(RunId run, String workflow) {
            news.tell(new MasterEvent.RunBegan(run.text(), workflow));
        }

        @Override
        public void goesOn(RunId run, String workflow) {
            news.tell(new MasterEvent.RunGoesOn(run.text(), workflow));
        }

        @Override
        public void rests(RunReport report) {
            news.tell(
                    new MasterEvent.RunRests(
                            report.run().text(),
                            report.workflow(),
                            report.status().name().toLowerCase(Locale.ROOT)));
        }

        @Override
        public void trouble(RunId run, RuntimeException failure) {
            news.tell(new MasterEvent.Trouble(failure));
        }
    }

    /// Made when there is none, and anew when two thirds of its life are over.
    ///
    /// @return the file, when it was made now
    private static Optional<Path> administrator(
            MasterConfig config, Authority authority, InstantSource time) {
        var file = new CredentialsFile(config.administrator());
        boolean good =
                file.credentials()
                        .filter(kept -> kept.renewAt().isAfter(time.instant()))
                        .isPresent();
        if (good) {
            return Optional.empty();
        }
        file.write(authority.administrator(ADMINISTRATOR));
        return Optional.of(file.path());
    }

    /// Counts the start, and takes all shards under their next epoch: whatever was written for an
    /// earlier start of this or of another master does not count any more.
    private static long begun(ClusterStore store, Agents agents, String id, Instant now) {
        store.read(tables -> tables.master(id))
                .ifPresent(last -> agents.wereHere(id, last.expires().minus(LEASE)));
        return store.write(tables -> {
            long last = tables.master(id).map(MasterRow::incarnation).orElse(0L);
            tables.putMaster(new MasterRow(id, last + 1, "", now));
            tables.takeShards(id);
            return last + 1;
        });
    }

    /// The row by which others know that this master is there.
    private record Lease(ClusterStore store, String id, long incarnation, String url) {
        void hold(Instant until) {
            boolean _ =
                    store.write(tables -> {
                        tables.putMaster(new MasterRow(id, incarnation, url, until));
                        return true;
                    });
        }
    }

    private static void renew(
            LiveCredentials own, Authority authority, String id, InstantSource time) {
        if (!own.now().renewAt().isAfter(time.instant())) {
            own.replace(authority.master(id));
        }
    }

    /// A random UUID.
    private static String id(SecureRandom random) {
        final long version = 0x4000L;
        final long variant = 0x8000_0000_0000_0000L;
        long high = (random.nextLong() & ~0xf000L) | version;
        long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | variant;
        return new UUID(high, low).toString();
    }

    private void every(Duration period, Runnable work) {
        var _ =
                clock.scheduleWithFixedDelay(
                        () -> {
                            try {
                                work.run();
                            } catch (RuntimeException e) {
                                news.tell(new MasterEvent.Trouble(e));
                            }
                        },
                        period.toMillis(),
                        period.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    public MasterRuns runs() {
        return runs;
    }

    public int port() {
        return door.port();
    }

    /// Sends the agents away, so that they come back to whoever is there next.
    @Override
    public void close() {
        clock.shutdownNow();
        // First this: an agent that is sent away must not come back to whoever is going.
        door.shut();
        fleet.close();
        roster.goAway();
        runs.close();
        door.close();
        try {
            roster.save();
            lastWords.run();
        } finally {
            folder.close();
        }
    }
}
