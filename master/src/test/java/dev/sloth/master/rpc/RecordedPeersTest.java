package dev.sloth.master.rpc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sloth.agent.link.Declining;
import dev.sloth.agent.link.LinkEvent;
import dev.sloth.agent.link.Orders;
import dev.sloth.agent.link.Uplink;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.journal.RunHistory;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.run.RunStatus;
import dev.sloth.core.run.TaskReport;
import dev.sloth.wire.Tls;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Today's master with an agent of protocol version 1, and today's agent with such a master, as
/// they were recorded; each also says what nobody knows yet.
class RecordedPeersTest {
    private static final RunId RUN = new RunId("20260329-013000-a1b2c3d4");
    private static final int SECONDS = 20;
    private static final MethodDescriptor<byte[], byte[]> SESSION =
            MethodDescriptor.<byte[], byte[]>newBuilder()
                    .setType(MethodType.BIDI_STREAMING)
                    .setFullMethodName("sloth.Agents/Session")
                    .setRequestMarshaller(new DoorWorld.Bytes())
                    .setResponseMarshaller(new DoorWorld.Bytes())
                    .build();

    @TempDir private Path folder;
    private DoorWorld world;

    @BeforeEach
    void open() {
        world = new DoorWorld(folder);
    }

    @AfterEach
    void close() throws InterruptedException {
        world.close();
    }

    /// One message of a recording.
    private record Said(String name, byte[] bytes) {}

    private static List<Said> recorded(String file) throws IOException {
        try (var in = requireNonNull(RecordedPeersTest.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", 2))
                    .map(words -> new Said(words[0], HexFormat.of().parseHex(words[1])))
                    .toList();
        }
    }

    /// Remembers what comes.
    private static final class Hearing implements StreamObserver<byte[]> {
        private final LinkedBlockingQueue<byte[]> heard = new LinkedBlockingQueue<>();
        private final CompletableFuture<Boolean> well = new CompletableFuture<>();

        @Override
        public void onNext(byte[] message) {
            heard.add(message);
        }

        @Override
        public void onError(Throwable failure) {
            well.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            well.complete(true);
        }

        byte[] next() throws InterruptedException {
            var message = heard.poll(SECONDS, TimeUnit.SECONDS);
            assertThat(message).as("something").isNotNull();
            return requireNonNull(message);
        }
    }

    @Test
    void an_agent_of_the_first_version_does_a_task_for_todays_master() throws Exception {
        var channel = world.as(world.agent("id-1", "web1"));
        world.begin();
        var hearing = new Hearing();
        var out =
                ClientCalls.asyncBidiStreamingCall(
                        channel.newCall(SESSION, CallOptions.DEFAULT), hearing);
        world.submit(RUN, 1);
        for (var said : recorded("old-agent-1.txt")) {
            switch (said.name()) {
                case "hello" -> {
                    out.onNext(said.bytes());
                    byte[] _ = hearing.next();
                }
                case "accepted" -> {
                    byte[] _ = hearing.next();
                    out.onNext(said.bytes());
                }
                case "leaving" -> {
                    byte[] _ = hearing.next();
                    out.onNext(said.bytes());
                    out.onCompleted();
                }
                default -> out.onNext(said.bytes());
            }
        }
        assertThat(hearing.well.get(SECONDS, TimeUnit.SECONDS)).isTrue();
        var report = report();
        assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(report.tasks())
                .extracting(TaskReport::message)
                .containsExactly("from an old agent");
    }

    private RunReport report() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (true) {
            var report = RunReport.of(new RunHistory(world.store.runs(), RUN).state());
            if (report.status().ended() || System.nanoTime() > end) {
                return report;
            }
            Thread.onSpinWait();
        }
    }

    // ---- the other way round

    /// Remembers what it is asked to do.
    private static final class Asked implements Orders {
        private final LinkedBlockingQueue<String> words = new LinkedBlockingQueue<>();
        private final LinkedBlockingQueue<Uplink> uplinks = new LinkedBlockingQueue<>();

        @Override
        public Map<String, Boolean> held() {
            return Map.of("o9", true);
        }

        @Override
        public boolean areRepeatable() {
            return false;
        }

        @Override
        public boolean isLeaving() {
            return false;
        }

        @Override
        public void connected(Uplink uplink) {
            uplinks.add(uplink);
            words.add("connected");
        }

        @Override
        public void disconnected() {
            words.add("disconnected");
        }

        @Override
        public void order(String id, byte[] body) {
            words.add("order " + id + " " + new String(body, StandardCharsets.UTF_8));
        }

        @Override
        public void cancel(String id) {
            words.add("cancel " + id);
        }

        @Override
        public void taken(String id) {
            words.add("taken " + id);
        }

        @Override
        public void forget(String id) {
            words.add("forget " + id);
        }
    }

    /// Says what was recorded, once somebody has said hello.
    private static final class OldMaster implements StreamObserver<byte[]> {
        private final StreamObserver<byte[]> agent;
        private boolean greeted;

        OldMaster(StreamObserver<byte[]> agent) {
            this.agent = agent;
        }

        @Override
        public void onNext(byte[] message) {
            if (!greeted) {
                greeted = true;
                try {
                    recorded("old-master-1.txt").forEach(said -> agent.onNext(said.bytes()));
                } catch (IOException e) {
                    agent.onError(e);
                }
            }
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {
            agent.onCompleted();
        }
    }

    @Test
    void todays_agent_works_for_a_master_of_the_first_version() throws Exception {
        var server =
                NettyServerBuilder.forPort(0)
                        .sslContext(Tls.serving(world.own, world.now::get))
                        .addService(
                                ServerServiceDefinition.builder("sloth.Agents")
                                        .addMethod(
                                                SESSION,
                                                ServerCalls.asyncBidiStreamingCall(OldMaster::new))
                                        .build())
                        .build()
                        .start();
        var asked = new Asked();
        var told = new LinkedBlockingQueue<LinkEvent>();
        try (var _ = new LinkedAgent(world, folder, server.getPort(), told::add, asked)) {
            for (var wanted :
                    List.of(
                            "connected",
                            "order o1 first second",
                            "cancel o2",
                            "taken o3",
                            "forget o4",
                            "disconnected",
                            "connected")) {
                assertThat(asked.words.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo(wanted);
            }
        } finally {
            boolean _ = server.shutdownNow().awaitTermination(SECONDS, TimeUnit.SECONDS);
        }
        assertThat(told)
                .anyMatch(event -> event instanceof LinkEvent.Clock)
                .anyMatch(event -> event instanceof LinkEvent.Away);
    }

    @Test
    void what_is_said_when_the_session_was_left_harms_nobody() throws Exception {
        var asked = new Asked();
        try (var agent = new LinkedAgent(world, folder, world.door.port(), _ -> {}, asked)) {
            var uplink = requireNonNull(asked.uplinks.poll(SECONDS, TimeUnit.SECONDS));
            agent.leave();
            assertThatCode(
                            () -> {
                                uplink.accepted("o1");
                                uplink.declined("o1", "no", Declining.NEVER);
                                uplink.ended("o1", new byte[] {1});
                            })
                    .doesNotThrowAnyException();
        }
    }
}
