package dev.sloth.master.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.api.workflow.Problems;
import dev.sloth.core.security.authn.Agents;
import dev.sloth.core.security.authn.JoinTokens;
import dev.sloth.core.security.authn.RefusedJoins;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.cluster.ClusterTables;
import dev.sloth.master.authority.Authority;
import dev.sloth.master.authority.Lives;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.master.session.Roster;
import dev.sloth.testkit.store.MemoryDisk;
import dev.sloth.testkit.store.MemoryStore;
import dev.sloth.wire.LiveCredentials;
import dev.sloth.wire.MasterAddress;
import dev.sloth.wire.Permissions;
import dev.sloth.wire.Refusals;
import dev.sloth.wire.proto.AdministrationGrpc;
import dev.sloth.wire.proto.AgentsGrpc;
import dev.sloth.wire.proto.EnrolmentGrpc;
import dev.sloth.wire.proto.JoinRequest;
import dev.sloth.wire.proto.Permission;
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
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holds for every call there is.
class EveryCallTest {
    private static final Instant NOW = Instant.parse("2026-03-29T01:30:00Z");
    private static final int SECONDS = 20;

    @TempDir private Path folder;
    private final Store store = MemoryStore.open(new MemoryDisk());
    private final Queue<MasterEvent> told = new ConcurrentLinkedQueue<>();
    private Door door;
    private ManagedChannel nobody;

    private static List<MethodDescriptor<?, ?>> calls() {
        return Stream.of(
                        EnrolmentGrpc.getServiceDescriptor(),
                        AgentsGrpc.getServiceDescriptor(),
                        AdministrationGrpc.getServiceDescriptor())
                .flatMap(service -> service.getMethods().stream())
                .<MethodDescriptor<?, ?>>map(call -> call)
                .toList();
    }

    @BeforeEach
    void open() throws IOException {
        var random = new SecureRandom();
        var authority = Authority.open(folder.resolve("ca.pem"), Lives.DEFAULT, random, () -> NOW);
        var agents = new Agents(store.cluster(), () -> "id", () -> NOW);
        door =
                Door.open(
                        0,
                        new Door.Parts(
                                authority,
                                new LiveCredentials(authority.master("main")),
                                agents,
                                new JoinTokens(store.cluster(), () -> NOW),
                                new RefusedJoins(100, () -> NOW),
                                new Roster(
                                        agents,
                                        "main",
                                        Duration.ofSeconds(30),
                                        () -> NOW,
                                        event -> told.add(event)),
                                random,
                                () -> NOW,
                                event -> told.add(event)),
                        new Door.Greeting(
                                "1.0", "main", 1, Duration.ofSeconds(10), Duration.ofSeconds(3)));
        var tls =
                GrpcSslContexts.forClient()
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .build();
        nobody = NettyChannelBuilder.forAddress("127.0.0.1", door.port()).sslContext(tls).build();
    }

    @AfterEach
    void close() throws InterruptedException {
        boolean _ = nobody.shutdownNow().awaitTermination(SECONDS, TimeUnit.SECONDS);
        door.close();
        store.close();
    }

    @Test
    void each_declares_the_permission_it_needs() {
        assertThat(calls()).hasSizeGreaterThan(8);
        var silent =
                calls().stream()
                        .filter(call -> Permissions.of(call) == Permission.PERMISSION_NONE)
                        .map(MethodDescriptor::getFullMethodName)
                        .toList();
        assertThat(silent).isEmpty();
    }

    @Test
    void whoever_has_no_certificate_can_join_and_nothing_else() {
        var open = new ArrayList<String>();
        for (var call : calls()) {
            var failure =
                    catchThrowableOfType(
                            StatusRuntimeException.class,
                            () -> ask(call.getFullMethodName(), new byte[0]));
            assertThat(failure).as(call.getFullMethodName()).isNotNull();
            assertThat(failure.getStatus().getCode())
                    .as(call.getFullMethodName())
                    .isEqualTo(Status.Code.PERMISSION_DENIED);
            if (!code(failure).equals(Guard.DENIED)) {
                open.add(call.getFullMethodName());
            }
        }
        assertThat(open).containsExactly("sloth.Enrolment/Join");
        int changed = store.cluster().read(t -> t.tokens().size() + t.agents().size());
        assertThat(changed).isZero();
        List<?> shards = store.cluster().read(ClusterTables::shards);
        assertThat(shards).isEmpty();
    }

    @Test
    void a_call_that_nobody_declared_is_none() {
        var failure =
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> ask("sloth.Administration/MakeMeKing", new byte[0]));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    @Test
    void an_agent_that_is_too_old_is_told_so_and_so_is_the_master() {
        var request = JoinRequest.newBuilder().setVersion("0.0.1").build().toByteArray();
        var failure =
                catchThrowableOfType(
                        StatusRuntimeException.class, () -> ask("sloth.Enrolment/Join", request));
        assertThat(code(failure)).isEqualTo("SLOTH-4709");
        assertThat(told)
                .anyMatch(event ->
                        event instanceof MasterEvent.Refused refused
                                && refused.problem().code().equals("SLOTH-4709")
                                && refused.problem().message().contains("0.0.1"));
    }

    @Test
    void a_request_that_is_no_request_is_refused_without_a_fault() {
        var request =
                JoinRequest.newBuilder().setProtocol(1).setVersion("1.0").build().toByteArray();
        var failure =
                catchThrowableOfType(
                        StatusRuntimeException.class, () -> ask("sloth.Enrolment/Join", request));
        assertThat(code(failure)).isEqualTo("SLOTH-4716");
        assertThat(told).noneMatch(event -> event instanceof MasterEvent.Trouble);
    }

    private static String code(StatusRuntimeException failure) {
        var same = new StatusException(failure.getStatus(), failure.getTrailers());
        Problems problems = Refusals.read(same, new MasterAddress("here", 1));
        return problems.list().getFirst().code();
    }

    private byte[] ask(String name, byte[] request) {
        var call =
                MethodDescriptor.<byte[], byte[]>newBuilder()
                        .setType(MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName(name)
                        .setRequestMarshaller(new Bytes())
                        .setResponseMarshaller(new Bytes())
                        .build();
        return ClientCalls.blockingUnaryCall(
                nobody,
                call,
                CallOptions.DEFAULT.withDeadlineAfter(SECONDS, TimeUnit.SECONDS),
                request);
    }

    /// Messages as they travel.
    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
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
