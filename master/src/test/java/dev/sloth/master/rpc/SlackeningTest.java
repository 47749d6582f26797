package dev.sloth.master.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.wire.Protocol;
import dev.sloth.wire.proto.AgentsGrpc;
import dev.sloth.wire.proto.FromAgent;
import dev.sloth.wire.proto.FromMaster;
import dev.sloth.wire.proto.Welcome;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An agent that has to be heard of often only while it does what others could do as well.
class SlackeningTest {
    private static final int SECONDS = 20;
    private static final int SLOW_MILLIS = 600_000;
    private static final int CLOSE_MILLIS = 1_000;

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

    /// Writes down after how long an agent says that it is heard of again.
    private static final class Listening extends AgentsGrpc.AgentsImplBase {
        private final LinkedBlockingQueue<Integer> said = new LinkedBlockingQueue<>();

        @Override
        public StreamObserver<FromAgent> session(StreamObserver<FromMaster> out) {
            return new StreamObserver<>() {
                @Override
                public void onNext(FromAgent message) {
                    if (message.hasHello()) {
                        out.onNext(welcome());
                    }
                    if (message.hasHeartbeat()) {
                        said.add(message.getHeartbeat().getNextMillis());
                    }
                }

                @Override
                public void onError(Throwable failure) {}

                @Override
                public void onCompleted() {
                    out.onCompleted();
                }
            };
        }

        private static FromMaster welcome() {
            return FromMaster.newBuilder()
                    .setSessionEpoch(1)
                    .setWelcome(
                            Welcome.newBuilder()
                                    .setProtocol(Protocol.VERSION)
                                    .setHeartbeatMillis(SLOW_MILLIS)
                                    .setReconnectJitterMillis(10))
                    .build();
        }

        private void next(int millis) throws InterruptedException {
            assertThat(said.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo(millis);
        }
    }

    /// Has something to do that others could do as well, or nothing.
    private static final class Work extends IdleOrders {
        private volatile boolean repeatable;

        @Override
        public boolean areRepeatable() {
            return repeatable;
        }
    }

    @Test
    void is_heard_of_once_more_in_time_before_it_is_not_for_long() throws Exception {
        var listening = new Listening();
        var work = new Work();
        try (var master = StandIn.of(world, listening);
                var _ = new LinkedAgent(world, folder, master.port(), _ -> {}, work)) {
            listening.next(SLOW_MILLIS);
            work.repeatable = true;
            listening.next(CLOSE_MILLIS);
            work.repeatable = false;
            listening.next(SLOW_MILLIS);
        }
    }
}
