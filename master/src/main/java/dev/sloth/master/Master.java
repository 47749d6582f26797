package dev.sloth.master;

import dev.sloth.core.security.audit.Audit;
import dev.sloth.core.security.authn.Agents;
import dev.sloth.core.security.authn.JoinTokens;
import dev.sloth.core.security.authn.RefusedJoins;
import dev.sloth.core.security.authz.Access;
import dev.sloth.core.store.cluster.ClusterStore;
import dev.sloth.core.store.cluster.MasterRow;
import dev.sloth.master.authority.Authority;
import dev.sloth.master.rpc.Door;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.master.session.MasterNews;
import dev.sloth.master.session.Roster;
import dev.sloth.wire.CredentialsFile;
import dev.sloth.wire.LiveCredentials;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

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
    private final Roster roster;
    private final MasterNews news;
    private final ScheduledExecutorService clock;
    private final Runnable lastWords;

    private Master(
            FolderLock folder,
            Door door,
            Roster roster,
            MasterNews news,
            ScheduledExecutorService clock,
            Runnable lastWords) {
        this.lastWords = lastWords;
        this.folder = folder;
        this.door = door;
        this.roster = roster;
        this.news = news;
        this.clock = clock;
    }

    /// @throws dev.sloth.api.workflow.Problems when the folder or the port cannot be had
    public static Master start(
            MasterConfig config,
            ClusterStore store,
            SecureRandom random,
            InstantSource time,
            MasterNews news) {
        var folder = FolderLock.of(config.data());
        boolean started = false;
        try {
            var master = started(config, store, random, time, news, folder);
            started = true;
            return master;
        } finally {
            if (!started) {
                folder.close();
            }
        }
    }

    private static Master started(
            MasterConfig config,
            ClusterStore store,
            SecureRandom random,
            InstantSource time,
            MasterNews news,
            FolderLock folder) {
        var authority =
                Authority.open(
                        config.data().resolve("ca").resolve("authority.pem"),
                        config.lives(),
                        random,
                        time);
        var administrator = administrator(config, authority, time);
        var own = new LiveCredentials(authority.master(config.id()));
        var agents = new Agents(store, () -> id(random), time);
        var audit = new Audit(store, time);
        var roster = new Roster(agents, config.id(), config.silenceMax(), time, news);
        long incarnation = begun(store, config.id(), time.instant());
        var overview =
                new Overview(
                        store,
                        roster,
                        authority,
                        own,
                        new CredentialsFile(config.administrator()),
                        time);
        var door =
                Door.open(
                        config.port(),
                        new Door.Parts(
                                authority,
                                own,
                                agents,
                                new JoinTokens(store, time),
                                new RefusedJoins(config.refusedJoinsMax(), time),
                                new Access(store, time),
                                audit,
                                roster,
                                overview,
                                random,
                                time,
                                news),
                        config.greeting(incarnation));
        news.tell(
                new MasterEvent.Started(
                        door.port(), authority.trustDomain(), incarnation, administrator));
        var clock = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
        var lease = new Lease(store, config.id(), incarnation, ":" + door.port());
        lease.hold(time.instant().plus(LEASE));
        Runnable lastWords =
                () -> {
                    try {
                        audit.settleAll();
                    } finally {
                        lease.hold(time.instant());
                    }
                };
        var master = new Master(folder, door, roster, news, clock, lastWords);
        master.every(RENEW, () -> lease.hold(time.instant().plus(LEASE)));
        master.every(LOOK, () -> renew(own, authority, config.id(), time));
        master.lookAfter(audit);
        return master;
    }

    private void lookAfter(Audit audit) {
        every(LOOK, roster::sweep);
        every(LOOK, door::sweep);
        every(LOOK, audit::settle);
        every(SAVE, roster::save);
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
    private static long begun(ClusterStore store, String id, Instant now) {
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

    public int port() {
        return door.port();
    }

    /// Sends the agents away, so that they come back to whoever is there next.
    @Override
    public void close() {
        clock.shutdownNow();
        // First this: an agent that is sent away must not come back to whoever is going.
        door.shut();
        roster.goAway();
        door.close();
        try {
            roster.save();
            lastWords.run();
        } finally {
            folder.close();
        }
    }
}
