package dev.sloth.master.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.secret.Secret;
import dev.sloth.api.secret.Secrets;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.security.audit.Audit;
import dev.sloth.core.security.audit.Deed;
import dev.sloth.core.security.authn.Agents;
import dev.sloth.core.security.authn.JoinTokens;
import dev.sloth.core.security.authn.RefusedJoins;
import dev.sloth.core.security.authz.Access;
import dev.sloth.core.security.authz.Role;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.RunFile;
import dev.sloth.core.store.RunStore.Fate;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.cluster.AgentRow;
import dev.sloth.core.store.cluster.AgentStanding;
import dev.sloth.core.store.cluster.AuditQuery;
import dev.sloth.core.store.cluster.AuditRow;
import dev.sloth.master.IdleWork;
import dev.sloth.master.authority.Authority;
import dev.sloth.master.authority.Lives;
import dev.sloth.master.dispatch.Fleet;
import dev.sloth.master.run.Submission;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.master.session.Roster;
import dev.sloth.testkit.Samples;
import dev.sloth.testkit.store.MemoryDisk;
import dev.sloth.testkit.store.MemoryStore;
import dev.sloth.wire.ClusterSight;
import dev.sloth.wire.Credentials;
import dev.sloth.wire.Keys;
import dev.sloth.wire.LiveCredentials;
import dev.sloth.wire.MasterAddress;
import dev.sloth.wire.Refusals;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// The open port of a master, on a store that can be made to fail, and callers of every kind.
final class DoorWorld {
    static final Instant NOW = Instant.parse("2026-03-29T01:30:00Z");
    static final Duration LIFE = Duration.ofDays(1);

    private static final int SECONDS = 20;
    static final Deed SETTING_UP = new Deed("test", "here", "SetUp");

    final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    final Queue<MasterEvent> told = new ConcurrentLinkedQueue<>();

    /// The runs that somebody wanted.
    final Queue<Submission> submitted = new ConcurrentLinkedQueue<>();

    /// Statements that fail, by name.
    final Set<String> failing = ConcurrentHashMap.newKeySet();

    final Store store = MemoryStore.open(new MemoryDisk(), this::fail);
    final SecureRandom random = new SecureRandom();
    final Authority authority;
    final Agents agents = new Agents(store.cluster(), () -> "new", now::get);
    final Access access = new Access(store.cluster(), now::get);
    final Audit audit = new Audit(store.cluster(), now::get);
    final LiveCredentials own;
    final Roster roster;
    final IdleWork work;
    final Door door;
    private final List<ManagedChannel> open = new ArrayList<>();

    DoorWorld(Path folder) {
        authority = Authority.open(folder.resolve("ca.pem"), Lives.DEFAULT, random, now::get);
        own = new LiveCredentials(authority.master("main"));
        var silence = Duration.ofSeconds(30);
        work = IdleWork.over(store, now::get, new IdleWork.Always(DoorWorld::secrets));
        roster = new Roster(agents, "main", silence, now::get, told::add, work.fleet());
        door =
                Door.open(
                        0,
                        new Door.Parts(
                                authority,
                                own,
                                agents,
                                new JoinTokens(store.cluster(), now::get),
                                new RefusedJoins(1_000, now::get),
                                access,
                                audit,
                                roster,
                                DoorWorld::nothing,
                                work.fleet(),
                                work.runs(),
                                new Door.Kept(store, _ -> Fate.Verdict.UNKNOWN, submitted::add),
                                folder,
                                Sharing.NOTHING,
                                RefusalLimits.DEFAULT,
                                random,
                                now::get,
                                told::add),
                        new Door.Greeting(
                                "1.0", "main", 1, Duration.ofSeconds(10), Duration.ofSeconds(3)));
    }

    /// Those of all workflows.
    private static Secrets secrets() {
        var secret = Secret.of("opensesame".getBytes(StandardCharsets.UTF_8));
        return new Secrets(Map.of("password", secret), List.of());
    }

    /// Gives out work from now on.
    void begin() {
        roster.callTheRoll();
        work.fleet().start(new Fleet.Ways(roster::send, roster::goAway));
    }

    /// Has a run of so many tasks driven, once agents are there.
    void submit(RunId run, int tasks) {
        var text = Content.of("a script".getBytes(StandardCharsets.UTF_8));
        var script = new RunFile(RunFile.Role.SCRIPT, "/project/a.sloth", text.sha256());
        work.runs()
                .submit(
                        new Submission(
                                run,
                                Samples.large(tasks),
                                new DataTable(),
                                "/project/a.sloth",
                                Map.of(),
                                List.of(new RunFile(RunFile.Role.PROJECT, "/project", ""), script),
                                List.of(text),
                                NewRun.Cause.Asked.UNSEEN));
    }

    private static ClusterSight nothing() {
        return new ClusterSight(
                "x", List.of(), new TreeMap<>(), new TreeMap<>(), List.of(), List.of());
    }

    private void fail(String statement) {
        if (failing.contains(statement)) {
            throw new StoreFailure(StoreFailure.Reason.FULL, "no room for " + statement);
        }
    }

    void close() throws InterruptedException {
        for (var channel : open) {
            boolean _ = channel.shutdownNow().awaitTermination(SECONDS, TimeUnit.SECONDS);
        }
        work.fleet().close();
        work.runs().close();
        door.close();
        store.close();
    }

    // ---- callers

    ManagedChannel nobody() {
        return channel(door.port(), Optional.empty());
    }

    ManagedChannel administrator() {
        return as(authority.administrator("admin"));
    }

    ManagedChannel as(Credentials who) {
        return channel(door.port(), Optional.of(who));
    }

    ManagedChannel channel(int port, Optional<Credentials> who) {
        try {
            var tls =
                    GrpcSslContexts.forClient().trustManager(InsecureTrustManagerFactory.INSTANCE);
            if (who.isPresent()) {
                var chain = who.get().chain();
                var _ = tls.keyManager(who.get().key(), chain.getFirst(), chain.getLast());
            }
            var channel =
                    NettyChannelBuilder.forAddress("127.0.0.1", port)
                            .sslContext(tls.build())
                            .build();
            open.add(channel);
            return channel;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Somebody who has been given access.
    Credentials person(String name, Role role) {
        var pair = Keys.make(random);
        var wish = new Access.Wish(name, role, Keys.pin(pair.getPublic()), LIFE);
        var _ = access.create(wish, SETTING_UP);
        return new Credentials(pair.getPrivate(), authority.user(pair.getPublic(), name, LIFE));
    }

    /// An agent that has joined.
    Credentials agent(String id, String name) {
        var pair = Keys.make(random);
        var row =
                new AgentRow(
                        id,
                        "default",
                        name,
                        List.of(),
                        "",
                        1,
                        Keys.pin(pair.getPublic()),
                        "t",
                        now.get(),
                        now.get().plus(LIFE),
                        now.get(),
                        AgentStanding.WORKING);
        boolean _ =
                store.cluster()
                        .write(t -> {
                            t.putAgent(row);
                            return true;
                        });
        return new Credentials(pair.getPrivate(), authority.agent(pair.getPublic(), "default", id));
    }

    /// All of the audit log but for what set the scene, the oldest first.
    List<AuditRow> audited() {
        var all = new AuditQuery(Instant.EPOCH, "", "", Long.MAX_VALUE, 10_000);
        return audit.rows(all).reversed().stream()
                .filter(row -> !row.what().equals(SETTING_UP.what()))
                .toList();
    }

    // ---- calls

    /// All that can be called, by name.
    List<MethodDescriptor<?, ?>> calls() {
        var calls = new ArrayList<MethodDescriptor<?, ?>>();
        for (var service : door.services()) {
            service.getMethods().forEach(method -> calls.add(method.getMethodDescriptor()));
        }
        calls.sort(Comparator.comparing(MethodDescriptor::getFullMethodName));
        return calls;
    }

    byte[] ask(ManagedChannel caller, String name, byte[] request) {
        var call =
                MethodDescriptor.<byte[], byte[]>newBuilder()
                        .setType(MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName(name)
                        .setRequestMarshaller(new Bytes())
                        .setResponseMarshaller(new Bytes())
                        .build();
        return ClientCalls.blockingUnaryCall(
                caller,
                call,
                CallOptions.DEFAULT.withDeadlineAfter(SECONDS, TimeUnit.SECONDS),
                request);
    }

    /// Why a call is refused; empty when it is not.
    String refusal(ManagedChannel caller, String name, byte[] request) {
        try {
            byte[] _ = ask(caller, name, request);
            return "";
        } catch (StatusRuntimeException e) {
            assertThat(e.getStatus().getCode()).as(name).isEqualTo(Status.Code.PERMISSION_DENIED);
            return code(e);
        }
    }

    static String code(StatusRuntimeException failure) {
        var same = new StatusException(failure.getStatus(), failure.getTrailers());
        return Refusals.read(same, new MasterAddress("here", 1)).list().getFirst().code();
    }

    /// Messages as they travel.
    static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
