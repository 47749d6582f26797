package dev.sloth.swarm;

import com.google.protobuf.ByteString;
import dev.sloth.wire.Credentials;
import dev.sloth.wire.JoinToken;
import dev.sloth.wire.Keys;
import dev.sloth.wire.Protocol;
import dev.sloth.wire.SigningRequest;
import dev.sloth.wire.proto.EnrolmentGrpc;
import dev.sloth.wire.proto.JoinRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusException;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;

/// Agents that join a master, stay with it, and come back when it was gone. Safe for use by many
/// threads.
public final class Swarm implements AutoCloseable {
    /// How many orders each takes at once.
    static final int SLOTS = 4;

    /// Those who join do so on so many connections, so many at a time.
    private static final int JOIN_CHANNELS = 4;

    private static final int JOIN_AT_ONCE = 64;
    private static final long CLOSE_MILLIS = 1_000;
    private static final Duration STEP = Duration.ofMillis(2);

    private final InetSocketAddress master;
    private final X509Certificate authority;
    private final String prefix;
    private final ByteString cancelled;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Credentials> credentials = new ConcurrentHashMap<>();
    private final SslContext tls;
    private final List<SwarmAgent> agents = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger connected = new AtomicInteger();
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private volatile SwarmWork work = SwarmWork.NONE;
    private volatile boolean closely;

    /// @param authority of the master
    /// @param prefix what their names begin with
    /// @param cancelled what an order that was cancelled ends with, as a document
    public Swarm(
            InetSocketAddress master,
            X509Certificate authority,
            String prefix,
            ByteString cancelled)
            throws SSLException {
        this.master = master;
        this.authority = authority;
        this.prefix = prefix;
        this.cancelled = cancelled;
        this.tls = SwarmTls.calling(authority, credentials);
    }

    /// Has so many agents join, each with a key of its own. None is connected by that.
    public void join(JoinToken token, int count) throws Exception {
        var plain = SwarmTls.joining(authority);
        var channels = new ArrayList<ManagedChannel>();
        for (int i = 0; i < JOIN_CHANNELS; i++) {
            channels.add(Dialled.channel(master, plain, i, "joining"));
        }
        try (var threads =
                Executors.newFixedThreadPool(JOIN_AT_ONCE, Thread.ofVirtual().factory())) {
            var joins = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < count; i++) {
                int number = i;
                joins.add(() -> joined(token, channels.get(number % JOIN_CHANNELS), number));
            }
            for (var join : threads.invokeAll(joins)) {
                boolean _ = join.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("an agent could not join", e);
        } finally {
            channels.forEach(ManagedChannel::shutdownNow);
        }
        for (int i = 0; i < count; i++) {
            agents.add(new SwarmAgent(this, i, name(i)));
        }
    }

    private String name(int number) {
        return "%s%05d".formatted(prefix, number);
    }

    private boolean joined(JoinToken token, ManagedChannel channel, int number)
            throws StatusException {
        var pair = Keys.make(random);
        var request =
                JoinRequest.newBuilder()
                        .setProtocol(Protocol.VERSION)
                        .setVersion("swarm")
                        .setToken(token.id())
                        .setSecret(ByteString.copyFrom(token.secret()))
                        .setName(name(number))
                        .setSlots(SLOTS)
                        .setSigningRequest(ByteString.copyFrom(SigningRequest.make(pair)))
                        .build();
        var answer = EnrolmentGrpc.newBlockingV2Stub(channel).join(request);
        var chain = answer.getChainList().stream().map(ByteString::toByteArray).toList();
        credentials.put(name(number), Credentials.of(pair.getPrivate(), chain));
        return true;
    }

    /// Has those who connect from now on be heard of each second, as agents are that do something
    /// which others would do if they were lost.
    public void beatClosely() {
        closely = true;
    }

    /// What is done with orders from now on.
    public void does(SwarmWork what) {
        work = what;
    }

    public List<SwarmAgent> agents() {
        return List.copyOf(agents);
    }

    /// Has all connect at random moments within this time.
    public void connect(Duration within) {
        agents.forEach(agent -> after(within.toMillis(), agent::connect));
    }

    /// Waits until so many are connected.
    public void awaitConnected(int count, Duration longest)
            throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + longest.toNanos();
        while (connected.get() != count) {
            if (System.nanoTime() > end) {
                throw new TimeoutException(
                        "%d of %d are connected; %s".formatted(connected.get(), count, failures));
            }
            TimeUnit.NANOSECONDS.sleep(STEP.toNanos());
        }
    }

    public int connected() {
        return connected.get();
    }

    /// How often a connection broke or could not be had, until now.
    public int failures() {
        return failures.values().stream().mapToInt(Integer::intValue).sum();
    }

    // ---- for its agents

    ManagedChannel dial(int number, String name) {
        return Dialled.channel(master, tls, number, name);
    }

    /// How often an agent is heard of that was told this.
    long beatMillis(long told) {
        return closely ? Math.min(told, CLOSE_MILLIS) : told;
    }

    SwarmWork work() {
        return work;
    }

    ByteString cancelled() {
        return cancelled;
    }

    long millis() {
        return System.currentTimeMillis();
    }

    /// Does it at a random moment within this time.
    void after(long withinMillis, Runnable what) {
        if (!clock.isShutdown()) {
            var _ =
                    clock.schedule(
                            what,
                            random.nextLong(Math.max(1, withinMillis)),
                            TimeUnit.MILLISECONDS);
        }
    }

    Future<?> every(long millis, Runnable what) {
        return clock.scheduleAtFixedRate(what, millis, millis, TimeUnit.MILLISECONDS);
    }

    void came() {
        var _ = connected.incrementAndGet();
    }

    void left() {
        var _ = connected.decrementAndGet();
    }

    void failed(Throwable failure) {
        var _ = failures.merge(String.valueOf(failure.getMessage()), 1, Integer::sum);
    }

    @Override
    public void close() {
        var _ = clock.shutdownNow();
        agents.forEach(SwarmAgent::vanish);
    }
}
