package dev.sloth.master.afar;

import dev.sloth.core.security.audit.Audit;
import dev.sloth.core.security.authn.Agents;
import dev.sloth.core.security.authn.JoinTokens;
import dev.sloth.core.security.authn.RefusedJoins;
import dev.sloth.core.security.authz.Access;
import dev.sloth.core.store.RunStore.Fate;
import dev.sloth.core.store.Store;
import dev.sloth.master.IdleWork;
import dev.sloth.master.authority.Authority;
import dev.sloth.master.authority.Lives;
import dev.sloth.master.rpc.Door;
import dev.sloth.master.rpc.RefusalLimits;
import dev.sloth.master.rpc.Sharing;
import dev.sloth.master.rpc.Submitting;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.master.session.Roster;
import dev.sloth.wire.ClusterSight;
import dev.sloth.wire.LiveCredentials;
import dev.sloth.wire.MasterAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The port of a master over a store, and somebody who asks there with the rights of an
/// administrator.
final class OpenDoor implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-03-29T01:30:00Z");

    private static final InstantSource TIME = () -> NOW;

    /// What the administrator is called.
    static final String NAME = "ann";

    final Queue<MasterEvent> told = new ConcurrentLinkedQueue<>();
    private final Door door;
    private final RunsFromAfar asking;

    OpenDoor(Path folder, Store store, Fate fate, Submitting submitting) {
        var random = new SecureRandom();
        var authority = Authority.open(folder.resolve("ca.pem"), Lives.DEFAULT, random, TIME);
        var agents = new Agents(store.cluster(), () -> "id", TIME);
        var work = IdleWork.over(store, TIME);
        this.door =
                Door.open(
                        0,
                        new Door.Parts(
                                authority,
                                new LiveCredentials(authority.master("main")),
                                agents,
                                new JoinTokens(store.cluster(), TIME),
                                new RefusedJoins(100, TIME),
                                new Access(store.cluster(), TIME),
                                new Audit(store.cluster(), TIME),
                                new Roster(
                                        agents,
                                        "main",
                                        Duration.ofSeconds(30),
                                        TIME,
                                        told::add,
                                        work.fleet()),
                                OpenDoor::nothing,
                                work.fleet(),
                                work.runs(),
                                new Door.Kept(store, fate, submitting),
                                folder,
                                Sharing.NOTHING,
                                RefusalLimits.DEFAULT,
                                random,
                                TIME,
                                told::add),
                        new Door.Greeting(
                                "1.0", "main", 1, Duration.ofSeconds(10), Duration.ofSeconds(3)));
        this.asking =
                RunsFromAfar.open(
                        new MasterAddress("127.0.0.1", door.port()),
                        authority.administrator(NAME),
                        TIME);
    }

    private static ClusterSight nothing() {
        return new ClusterSight(
                "x", List.of(), new TreeMap<>(), new TreeMap<>(), List.of(), List.of());
    }

    RunsFromAfar asking() {
        return asking;
    }

    RemoteStore store() {
        return new RemoteStore(asking);
    }

    @Override
    public void close() {
        asking.close();
        door.close();
    }
}
