package dev.sloth.master.rpc;

import dev.sloth.core.security.authn.Agents;
import dev.sloth.core.security.authn.JoinTokens;
import dev.sloth.core.security.authn.RefusedJoins;
import dev.sloth.master.authority.Authority;
import dev.sloth.master.session.MasterNews;
import dev.sloth.master.session.Roster;
import dev.sloth.wire.LiveCredentials;
import dev.sloth.wire.Protocol;
import dev.sloth.wire.Tls;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.proto.Welcome;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// The open port of a master.
public final class Door implements AutoCloseable {
    private static final int CALLS_OF_ONE_MAX = 32;

    /// How long somebody may take to say in TLS who they are.
    private static final Duration HANDSHAKE_MAX = Duration.ofSeconds(20);

    /// How long a connection may stay that asks for nothing.
    private static final Duration IDLE_MAX = Duration.ofMinutes(1);

    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final Server server;
    private final ExecutorService threads;
    private final Doorstep doorstep;

    private Door(Server server, ExecutorService threads, Doorstep doorstep) {
        this.server = server;
        this.doorstep = doorstep;
        this.threads = threads;
    }

    /// What is behind the port.
    ///
    /// @param own what the master shows
    public record Parts(
            Authority authority,
            LiveCredentials own,
            Agents agents,
            JoinTokens tokens,
            RefusedJoins refused,
            Roster roster,
            SecureRandom random,
            InstantSource time,
            MasterNews news) {}

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
        var news = parts.news();
        var doorstep = new Doorstep(parts.time());
        var server =
                NettyServerBuilder.forPort(port)
                        .sslContext(Tls.serving(parts.own(), parts.time()))
                        .executor(threads)
                        .keepAliveTime(Protocol.KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
                        .keepAliveTimeout(
                                Protocol.KEEP_ALIVE_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                        .permitKeepAliveTime(
                                Protocol.KEEP_ALIVE.toMillis() / 2, TimeUnit.MILLISECONDS)
                        .handshakeTimeout(HANDSHAKE_MAX.toMillis(), TimeUnit.MILLISECONDS)
                        .maxConnectionIdle(IDLE_MAX.toMillis(), TimeUnit.MILLISECONDS)
                        .maxInboundMessageSize(Protocol.MESSAGE_BYTES_MAX)
                        .maxInboundMetadataSize(Protocol.HEADER_BYTES_MAX)
                        .maxConcurrentCallsPerConnection(CALLS_OF_ONE_MAX)
                        .intercept(
                                new Guard(
                                        parts.authority().trustDomain(),
                                        parts.agents(),
                                        parts.time(),
                                        news))
                        .addService(
                                new EnrolmentCalls(
                                        parts.authority(), parts.agents(), parts.refused(), news))
                        .addService(
                                new AgentCalls(
                                        parts.authority(),
                                        parts.agents(),
                                        parts.roster(),
                                        doorstep,
                                        greeting.message(),
                                        parts.time(),
                                        news))
                        .addService(
                                new AdministrationCalls(
                                        parts.authority(),
                                        parts.tokens(),
                                        parts.roster(),
                                        parts.random(),
                                        news))
                        .build();
        try {
            return new Door(server.start(), threads, doorstep);
        } catch (IOException e) {
            threads.close();
            throw WireProblems.of(
                    "SLOTH-4717",
                    "the port %d cannot be listened at: %s".formatted(port, deepest(e)),
                    "end what listens there, or choose another with --port");
        }
    }

    private static String deepest(Throwable failure) {
        var cause = failure.getCause();
        return cause == null ? String.valueOf(failure.getMessage()) : deepest(cause);
    }

    public int port() {
        return server.getPort();
    }

    /// Sends those away that have said no hello for too long.
    public void sweep() {
        doorstep.sweep();
    }

    /// Lets nobody in any more; calls that go on do.
    public void shut() {
        var _ = server.shutdown();
    }

    @Override
    public void close() {
        var _ = server.shutdown();
        try {
            if (!server.awaitTermination(CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                var _ = server.shutdownNow();
            }
        } catch (InterruptedException _) {
            var _ = server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }
}
