package dev.sloth.master.rpc;

import dev.sloth.core.security.audit.Audit;
import dev.sloth.core.security.authn.Agents;
import dev.sloth.core.security.authn.JoinTokens;
import dev.sloth.core.security.authn.RefusedJoins;
import dev.sloth.core.security.authz.Access;
import dev.sloth.core.store.RunStore.Fate;
import dev.sloth.core.store.Store;
import dev.sloth.master.authority.Authority;
import dev.sloth.master.dispatch.Fleet;
import dev.sloth.master.run.MasterRuns;
import dev.sloth.master.session.MasterNews;
import dev.sloth.master.session.Roster;
import dev.sloth.wire.ClusterSight;
import dev.sloth.wire.LiveCredentials;
import dev.sloth.wire.Protocol;
import dev.sloth.wire.SystemWords;
import dev.sloth.wire.Tls;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.proto.Welcome;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The open port of a master.
public final class Door implements AutoCloseable {
    /// Many tasks of an agent may wait for something at the same time.
    private static final int CALLS_OF_ONE_MAX = 256;

    /// How long somebody may take to say in TLS who they are.
    private static final Duration HANDSHAKE_MAX = Duration.ofSeconds(20);

    /// How long a connection may stay that asks for nothing.
    private static final Duration IDLE_MAX = Duration.ofMinutes(1);

    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final Server server;
    private final ExecutorService threads;
    private final Loops loops;
    private final Doorstep doorstep;
    private final Guard guard;
    private final Answer answer;

    private Door(
            Server server,
            ExecutorService threads,
            Loops loops,
            Doorstep doorstep,
            Guard guard,
            Answer answer) {
        this.loops = loops;
        this.answer = answer;
        this.server = server;
        this.guard = guard;
        this.doorstep = doorstep;
        this.threads = threads;
    }

    /// What is behind the port.
    ///
    /// @param own what the master shows
    /// @param cluster how it stands at the moment
    /// @param kept the runs that people look at
    /// @param scratch a folder for files that are on their way
    /// @param sharing what those share who work
    /// @param refusals how much is told of them
    public record Parts(
            Authority authority,
            LiveCredentials own,
            Agents agents,
            JoinTokens tokens,
            RefusedJoins refused,
            Access access,
            Audit audit,
            Roster roster,
            Supplier<ClusterSight> cluster,
            Fleet fleet,
            MasterRuns runs,
            Kept kept,
            Path scratch,
            Sharing sharing,
            RefusalLimits refusals,
            SecureRandom random,
            InstantSource time,
            MasterNews news) {}

    /// The runs that a master keeps.
    ///
    /// @param fate judges those who drive them
    /// @param submitting takes in new ones
    public record Kept(Store store, Fate fate, Submitting submitting) {}

    /// What each agent is told first.
    ///
    /// @param incarnation counts the starts of the master
    /// @param heartbeat how often agents say that they are there
    /// @param jitter how long they wait at most before they come back
    public record Greeting(
            String version, String master, long incarnation, Duration heartbeat, Duration jitter) {
        Welcome message() {
            return Welcome.newBuilder()
                    .setProtocol(Protocol.VERSION)
                    .setVersion(version)
                    .setMaster(master)
                    .setIncarnation(incarnation)
                    .setHeartbeatMillis((int) heartbeat.toMillis())
                    .setReconnectJitterMillis((int) jitter.toMillis())
                    .build();
        }
    }

    /// @param port 0 takes one that is free
    /// @throws dev.sloth.api.workflow.Problems when the port cannot be had
    public static Door open(int port, Parts parts, Greeting greeting) {
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var loops = new Loops();
        var doorstep = new Doorstep(parts.time());
        var refusals = new RefusalNews(parts.refusals(), parts.time(), parts.news());
        var answer = new Answer(parts.audit(), refusals, parts.news());
        var handshakes =
                new Handshakes(
                        (address, why) -> threads.execute(() -> answer.refuse(address, why)));
        var people = new People(parts.authority().trustDomain(), parts.access());
        var guard =
                new Guard(
                        parts.authority().trustDomain(),
                        parts.agents(),
                        people,
                        parts.time(),
                        answer);
        var server =
                loops.of(NettyServerBuilder.forPort(port), new Turnstile(), handshakes)
                        .sslContext(
                                Tls.serving(
                                        parts.own(), parts.time(), parts.authority().signatures()))
                        .executor(threads)
                        .keepAliveTime(Protocol.KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
                        .keepAliveTimeout(
                                Protocol.KEEP_ALIVE_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                        .permitKeepAliveTime(
                                Protocol.KEEP_ALIVE.toMillis() / 2, TimeUnit.MILLISECONDS)
                        .handshakeTimeout(HANDSHAKE_MAX.toMillis(), TimeUnit.MILLISECONDS)
                        .maxConnectionIdle(IDLE_MAX.toMillis(), TimeUnit.MILLISECONDS)
                        .flowControlWindow(Protocol.WINDOW_BYTES)
                        .maxInboundMessageSize(Protocol.MESSAGE_BYTES_MAX)
                        .maxInboundMetadataSize(Protocol.HEADER_BYTES_MAX)
                        .maxConcurrentCallsPerConnection(CALLS_OF_ONE_MAX)
                        .addTransportFilter(new Caller.Introduction(parts.authority().signatures()))
                        .addStreamTracerFactory(new Oversized(answer))
                        .intercept(guard)
                        .addServices(services(parts, greeting, doorstep, people, answer))
                        .build();
        try {
            return new Door(server.start(), threads, loops, doorstep, guard, answer);
        } catch (IOException e) {
            threads.close();
            loops.close();
            throw WireProblems.of(
                    "SLOTH-4717",
                    "the port %d cannot be listened at: %s".formatted(port, deepest(e)),
                    "end what listens there, or choose another with --port");
        }
    }

    private static List<ServerServiceDefinition> services(
            Parts parts, Greeting greeting, Doorstep doorstep, People people, Answer answer) {
        var news = parts.news();
        var submitters = new Submitters(parts.kept().store().runs(), people);
        var hooks = new HookCalls(parts.sharing(), submitters, parts.audit(), answer);
        var watchers =
                new WatcherCalls(
                        parts.sharing(),
                        submitters,
                        parts.fleet(),
                        parts.audit(),
                        parts.time(),
                        answer);
        return List.of(
                new EnrolmentCalls(parts.authority(), parts.agents(), parts.refused(), news, answer)
                        .bindService(),
                new AgentCalls(
                                parts.authority(),
                                parts.agents(),
                                parts.roster(),
                                parts.fleet(),
                                doorstep,
                                greeting.message(),
                                parts.time(),
                                news,
                                answer)
                        .bindService(),
                new AdministrationCalls(
                                parts.authority(),
                                parts.tokens(),
                                parts.roster(),
                                parts.random(),
                                news,
                                answer)
                        .bindService(),
                new CommandCalls(parts.roster(), parts.kept(), answer).bindService(),
                new AccessCalls(parts.authority(), parts.access(), news, answer).bindService(),
                new OversightCalls(parts.audit(), parts.cluster(), answer).bindService(),
                new SharedCalls(parts.sharing(), hooks, watchers, answer).bindService(),
                new WorkCalls(parts.fleet(), parts.runs(), parts.scratch(), answer).bindService(),
                new RunsCalls(
                                parts.kept(),
                                new Places(parts.fleet(), parts.runs(), parts.roster()),
                                parts.time(),
                                answer)
                        .bindService());
    }

    private static String deepest(Throwable failure) {
        var cause = failure.getCause();
        return cause == null ? SystemWords.of(failure) : deepest(cause);
    }

    /// All that can be called.
    List<ServerServiceDefinition> services() {
        return server.getServices();
    }

    public int port() {
        return server.getPort();
    }

    /// Sends those away that have said no hello for too long, or may not be here any more.
    public void sweep() {
        doorstep.sweep();
        guard.sweep();
        answer.settle();
    }

    /// Lets nobody in any more; calls that go on do.
    public void shut() {
        answer.leave();
        var _ = server.shutdown();
    }

    /// Once it returns no call reaches what is behind the door, unless one did not let go in time.
    @Override
    public void close() {
        shut();
        try {
            if (!server.awaitTermination(CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                var _ = server.shutdownNow();
                var _ = server.awaitTermination(CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            }
            threads.shutdownNow();
            var _ = threads.awaitTermination(CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            var _ = server.shutdownNow();
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        } finally {
            loops.close();
        }
    }
}
