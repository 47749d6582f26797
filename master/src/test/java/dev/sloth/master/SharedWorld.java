package dev.sloth.master;

import dev.sloth.agent.remote.MasterLine;
import dev.sloth.agent.remote.RemoteLimits;
import dev.sloth.api.event.Events;
import dev.sloth.core.event.EventLimits;
import dev.sloth.core.event.LocalEvents;
import dev.sloth.core.state.LocalState;
import dev.sloth.core.state.StateLimits;
import dev.sloth.core.store.Store;
import dev.sloth.master.rpc.Acting;
import dev.sloth.master.rpc.RunHooks;
import dev.sloth.master.rpc.Sharing;
import dev.sloth.testkit.store.MemoryDisk;
import dev.sloth.testkit.store.MemoryStore;
import dev.sloth.wire.Dialing;
import dev.sloth.wire.Identity;
import dev.sloth.wire.LiveCredentials;
import dev.sloth.wire.MasterAddress;
import dev.sloth.wire.WireProblems;
import io.grpc.Channel;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A master with state and events that its agents share, and agents that have orders.
final class SharedWorld implements Sharing.Spaces {
    static final RemoteLimits LIMITS = RemoteLimits.DEFAULT.withPatience(Duration.ofSeconds(30));

    final World world;
    final Store store = MemoryStore.open(new MemoryDisk());
    private final Map<String, LocalState> states = new ConcurrentHashMap<>();

    /// Who has an order, and what may be acted on for it.
    private record Given(String agent, Acting acting) {}

    private final Map<String, Given> orders = new ConcurrentHashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final InstantSource patience;
    private volatile boolean resting;

    SharedWorld(Path folder) {
        this(folder, Sharing.REQUEST_MAX);
    }

    SharedWorld(Path folder, long requestMax) {
        this.world =
                new World(folder, new Sharing(this::acting, this, requestMax, Sharing.SEEN_MAX));
        long start = System.nanoTime();
        this.patience = () -> Instant.EPOCH.plusNanos(System.nanoTime() - start);
    }

    private Optional<Acting> acting(String agent, String order) {
        if (resting) {
            throw WireProblems.of(
                    WireProblems.UNREACHABLE, "the run is not driven just now", "ask again");
        }
        return Optional.ofNullable(orders.get(order))
                .filter(given -> given.agent().equals(agent))
                .map(Given::acting);
    }

    @Override
    public LocalState state(String namespace) {
        return states.computeIfAbsent(
                namespace,
                space ->
                        new LocalState(
                                store.state(), space, StateLimits.DEFAULT, world.time, patience));
    }

    @Override
    public Events.Door events(String namespace) {
        return new LocalEvents(
                store.events(), store.watchers(), namespace, EventLimits.DEFAULT, world.time);
    }

    /// There are none here: who may have hooks is asked before.
    @Override
    public RunHooks hooks(String namespace) {
        return RunHooks.NONE;
    }

    /// Has a namespace kept elsewhere.
    void keep(String namespace, LocalState state) {
        states.put(namespace, state);
    }

    /// An agent that has joined.
    final class Worker {
        final String id;
        private final LiveCredentials own;

        private Worker(String name) {
            var credentials = world.joined(name).kept.credentials().orElseThrow();
            this.own = new LiveCredentials(credentials);
            if (!(Identity.of(credentials.chain().getFirst()).orElseThrow()
                    instanceof Identity.Agent agent)) {
                throw new IllegalStateException("an agent's certificate says so");
            }
            this.id = agent.id();
        }

        void given(String order, Acting acting) {
            orders.put(order, new Given(id, acting));
        }

        /// A connection of its own, for what no agent of ours does.
        Channel channel() {
            var channel = Dialing.as(world.address(), own, world.time);
            open.add(channel::shutdownNow);
            return channel;
        }

        MasterLine line(MasterAddress at, RemoteLimits limits) {
            var line = new MasterLine(at, own, limits, new SecureRandom(), world.time);
            open.add(line);
            return line;
        }
    }

    Worker worker(String name) {
        return new Worker(name);
    }

    /// Whether runs are not driven just now.
    void resting(boolean now) {
        resting = now;
    }

    void taken(String order) {
        orders.remove(order);
    }

    Proxy proxy() throws IOException {
        var proxy = new Proxy(world.address());
        open.add(proxy);
        return proxy;
    }

    void close() throws Exception {
        for (var each : open.reversed()) {
            each.close();
        }
        world.close();
        states.values().forEach(LocalState::close);
        store.close();
    }
}
