package dev.sloth.master.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.wire.Parts;
import dev.sloth.wire.proto.AgentLines;
import dev.sloth.wire.proto.AgentsGrpc;
import dev.sloth.wire.proto.FromAgent;
import dev.sloth.wire.proto.FromMaster;
import dev.sloth.wire.proto.Heartbeat;
import dev.sloth.wire.proto.HeldOrder;
import dev.sloth.wire.proto.Hello;
import dev.sloth.wire.proto.OrderAccepted;
import dev.sloth.wire.proto.OrderEnded;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// One session of an agent that says whatever it likes.
final class RawAgent {
    private static final int SECONDS = 20;

    private final LinkedBlockingQueue<FromMaster> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private final StreamObserver<FromAgent> out;
    private long epoch;

    RawAgent(ManagedChannel channel) {
        out = AgentsGrpc.newStub(channel).session(new Hearing());
    }

    private final class Hearing implements StreamObserver<FromMaster> {
        @Override
        public void onNext(FromMaster message) {
            heard.add(message);
        }

        @Override
        public void onError(Throwable failure) {
            var known = (StatusRuntimeException) failure;
            var code = known.getStatus().getCode();
            end.complete(
                    code == Status.Code.PERMISSION_DENIED ? DoorWorld.code(known) : code.name());
        }

        @Override
        public void onCompleted() {
            end.complete("completed");
        }
    }

    // ---- saying

    /// Says hello and answers the welcome.
    RawAgent begins(String... held) throws Exception {
        greets(held);
        beats();
        return this;
    }

    /// Says hello and hears the welcome.
    void greets(String... held) throws Exception {
        hello(held);
        epoch = await(FromMaster::hasWelcome).getSessionEpoch();
    }

    void hello(String... held) {
        var hello =
                Hello.newBuilder().setProtocol(1).setVersion("1.0").setSlots(1).setHost("alpha");
        for (var id : held) {
            hello.addOrders(HeldOrder.newBuilder().setId(id));
        }
        out.onNext(FromAgent.newBuilder().setHello(hello).build());
    }

    /// As one does to which protocols older than this one mean nothing.
    void hellosFrom(int oldest) {
        out.onNext(
                FromAgent.newBuilder()
                        .setHello(
                                Hello.newBuilder()
                                        .setProtocol(oldest)
                                        .setOldest(oldest)
                                        .setVersion("9.0"))
                        .build());
    }

    void beats() {
        say(FromAgent.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));
    }

    void say(FromAgent.Builder what) {
        out.onNext(what.setSessionEpoch(epoch).build());
    }

    void accepts(String order) {
        say(FromAgent.newBuilder().setAccepted(OrderAccepted.newBuilder().setId(order)));
    }

    void ends(String order, byte[] result) {
        for (var part : Parts.of(result)) {
            say(
                    FromAgent.newBuilder()
                            .setEnded(
                                    OrderEnded.newBuilder()
                                            .setId(order)
                                            .setPart(part.bytes())
                                            .setMore(part.more())));
        }
    }

    /// Answers what it is asked of its lines.
    void tellsItsLines() throws Exception {
        var asked = await(FromMaster::hasLines).getLines();
        say(
                FromAgent.newBuilder()
                        .setLines(AgentLines.newBuilder().setQuestion(asked.getQuestion())));
    }

    void leaves() {
        out.onCompleted();
    }

    void in(long other) {
        epoch = other;
    }

    long epoch() {
        return epoch;
    }

    // ---- hearing

    FromMaster await(Predicate<FromMaster> wanted) throws Exception {
        while (true) {
            var message = heard.poll(SECONDS, TimeUnit.SECONDS);
            assertThat(message).as("what is waited for; the end is %s", end).isNotNull();
            if (wanted.test(message)) {
                return message;
            }
        }
    }

    /// The next order that it is given.
    String order() throws Exception {
        return await(message -> message.hasOrder() && !message.getOrder().getMore())
                .getOrder()
                .getId();
    }

    /// Why the session is over: the code of a refusal, or what the transport says.
    String end() throws Exception {
        return end.get(SECONDS, TimeUnit.SECONDS);
    }

    boolean isOver() {
        return end.isDone();
    }
}
