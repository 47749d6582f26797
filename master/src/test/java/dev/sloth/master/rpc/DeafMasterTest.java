package dev.sloth.master.rpc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.agent.link.Uplink;
import dev.sloth.wire.Protocol;
import dev.sloth.wire.proto.AgentsGrpc;
import dev.sloth.wire.proto.FromAgent;
import dev.sloth.wire.proto.FromMaster;
import dev.sloth.wire.proto.GoAway;
import dev.sloth.wire.proto.Welcome;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An agent of a master that takes nothing in for a while, as when the agent was stopped.
class DeafMasterTest {
    private static final int SECONDS = 20;

    /// More than any connection holds.
    private static final int MUCH = 16 << 20;

    @TempDir private Path folder;
    private DoorWorld world;

    @BeforeEach
    void open() {
        world = new DoorWorld(folder.resolve("master"));
    }

    @AfterEach
    void close() throws InterruptedException {
        world.close();
    }

    /// Welcomes whoever comes, and reads nothing more.
    private static final class Deaf extends AgentsGrpc.AgentsImplBase {
        private final CompletableFuture<StreamObserver<FromMaster>> first =
                new CompletableFuture<>();

        @Override
        public StreamObserver<FromAgent> session(StreamObserver<FromMaster> out) {
            if (out instanceof ServerCallStreamObserver<FromMaster> call) {
                call.disableAutoRequest();
                call.request(1);
            }
            return new StreamObserver<>() {
                @Override
                public void onNext(FromAgent hello) {
                    out.onNext(
                            FromMaster.newBuilder()
                                    .setSessionEpoch(1)
                                    .setWelcome(
                                            Welcome.newBuilder()
                                                    .setProtocol(Protocol.VERSION)
                                                    .setHeartbeatMillis(20)
                                                    .setReconnectJitterMillis(10))
                                    .build());
                    first.complete(out);
                }

                @Override
                public void onError(Throwable failure) {}

                @Override
                public void onCompleted() {}
            };
        }
    }

    /// Remembers its sessions.
    private static final class Sessions extends IdleOrders {
        private final LinkedBlockingQueue<Uplink> begun = new LinkedBlockingQueue<>();
        private final LinkedBlockingQueue<Boolean> over = new LinkedBlockingQueue<>();

        @Override
        public void connected(Uplink uplink) {
            begun.add(uplink);
        }

        @Override
        public void disconnected() {
            over.add(true);
        }
    }

    @Test
    void an_agent_hears_that_its_session_is_over_also_while_it_waits_to_say_something()
            throws Exception {
        var deaf = new Deaf();
        var sessions = new Sessions();
        try (var master = StandIn.of(world, deaf);
                var _ = new LinkedAgent(world, folder, master.port(), _ -> {}, sessions)) {
            var uplink = requireNonNull(sessions.begun.poll(SECONDS, TimeUnit.SECONDS));
            var saying = Thread.ofVirtual().start(() -> uplink.ended("o1", new byte[MUCH]));
            while (saying.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            var out = deaf.first.get(SECONDS, TimeUnit.SECONDS);
            out.onNext(
                    FromMaster.newBuilder()
                            .setSessionEpoch(1)
                            .setGoAway(GoAway.getDefaultInstance())
                            .build());
            out.onCompleted();
            assertThat(sessions.over.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo(true);
            assertThat(sessions.begun.poll(SECONDS, TimeUnit.SECONDS)).isNotNull();
        }
    }
}
