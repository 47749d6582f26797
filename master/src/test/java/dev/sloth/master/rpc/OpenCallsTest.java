package dev.sloth.master.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.core.security.audit.Deed;
import dev.sloth.core.security.authz.Role;
import dev.sloth.wire.Credentials;
import dev.sloth.wire.KnownSignatures;
import dev.sloth.wire.Tls;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.proto.AdministrationGrpc;
import dev.sloth.wire.proto.AgentList;
import dev.sloth.wire.proto.ListAgentsRequest;
import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A call that people hold open, as there are none yet: the agents, sent again and again.
class OpenCallsTest {
    private static final int SECONDS = 20;
    private static final Deed BY = new Deed("test", "here", "SetUp");
    private static final MethodDescriptor<ListAgentsRequest, AgentList> CALL =
            AdministrationGrpc.getListAgentsMethod().toBuilder()
                    .setType(MethodType.SERVER_STREAMING)
                    .build();

    @TempDir private Path folder;
    private DoorWorld world;
    private Guard guard;
    private Server server;
    private final LinkedBlockingQueue<StreamObserver<AgentList>> callers =
            new LinkedBlockingQueue<>();
    private final CountDownLatch cancelled = new CountDownLatch(1);

    @BeforeEach
    void open() throws Exception {
        world = new DoorWorld(folder);
        guard =
                new Guard(
                        world.authority.trustDomain(),
                        world.agents,
                        new People(world.authority.trustDomain(), world.access),
                        world.now::get,
                        new Answer(
                                world.audit,
                                new RefusalNews(
                                        RefusalLimits.DEFAULT, world.now::get, world.told::add),
                                world.told::add));
        server =
                NettyServerBuilder.forPort(0)
                        .sslContext(Tls.serving(world.own, world.now::get))
                        .addTransportFilter(
                                new Caller.Introduction(
                                        new KnownSignatures(world.own.now().authority())))
                        .intercept(guard)
                        .addService(
                                ServerServiceDefinition.builder("sloth.Administration")
                                        .addMethod(
                                                CALL,
                                                ServerCalls.asyncServerStreamingCall(this::list))
                                        .build())
                        .build()
                        .start();
    }

    @AfterEach
    void close() throws Exception {
        boolean _ = server.shutdownNow().awaitTermination(SECONDS, TimeUnit.SECONDS);
        world.close();
    }

    private void list(ListAgentsRequest request, StreamObserver<AgentList> caller) {
        Context.current().addListener(_ -> cancelled.countDown(), Runnable::run);
        callers.add(caller);
        caller.onNext(AgentList.getDefaultInstance());
    }

    private Iterator<AgentList> call(Credentials who) {
        return ClientCalls.blockingServerStreamingCall(
                world.channel(server.getPort(), Optional.of(who)),
                CALL,
                CallOptions.DEFAULT.withDeadlineAfter(SECONDS, TimeUnit.SECONDS),
                ListAgentsRequest.getDefaultInstance());
    }

    private String end(Iterator<AgentList> answers) {
        var failure = catchThrowableOfType(StatusRuntimeException.class, answers::hasNext);
        assertThat(failure).as("an end with a reason").isNotNull();
        return DoorWorld.code(failure);
    }

    @Test
    void it_ends_when_its_caller_is_revoked_and_not_before() throws Exception {
        var answers = call(world.person("vera", Role.VIEWER));
        assertThat(answers.next()).isEqualTo(AgentList.getDefaultInstance());
        var caller = callers.take();
        guard.sweep();
        caller.onNext(AgentList.getDefaultInstance());
        assertThat(answers.next()).isEqualTo(AgentList.getDefaultInstance());
        assertThat(cancelled.getCount()).isEqualTo(1);

        var _ = world.access.revoke("vera", BY);
        guard.sweep();
        assertThat(end(answers)).isEqualTo("SLOTH-4732");
        assertThat(cancelled.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void it_ends_when_the_certificate_of_its_caller_is_over() throws Exception {
        var answers = call(world.person("vera", Role.VIEWER));
        assertThat(answers.next()).isEqualTo(AgentList.getDefaultInstance());
        world.now.set(DoorWorld.NOW.plus(DoorWorld.LIFE));
        guard.sweep();
        assertThat(end(answers)).isEqualTo(WireProblems.CERTIFICATE_OVER);
    }

    @Test
    void who_does_the_work_may_go_on_speaking_and_nobody_hears_it() throws Exception {
        var answers = call(world.person("vera", Role.VIEWER));
        assertThat(answers.next()).isEqualTo(AgentList.getDefaultInstance());
        var caller = callers.take();
        var _ = world.access.revoke("vera", BY);
        guard.sweep();
        for (int i = 0; i < 10; i++) {
            caller.onNext(AgentList.getDefaultInstance());
        }
        caller.onCompleted();
        assertThat(end(answers)).isEqualTo("SLOTH-4732");
    }
}
