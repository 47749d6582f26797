import dev.sloth.wire.Dialing;
import dev.sloth.wire.JoinToken;
import dev.sloth.wire.Joining;
import dev.sloth.wire.Keys;
import dev.sloth.wire.LiveCredentials;
import dev.sloth.wire.MasterAddress;
import dev.sloth.wire.Protocol;
import dev.sloth.wire.proto.AgentsGrpc;
import dev.sloth.wire.proto.FromAgent;
import dev.sloth.wire.proto.FromMaster;
import dev.sloth.wire.proto.Heartbeat;
import dev.sloth.wire.proto.Hello;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Run by finish.sh from its source: agents that come to a master and go again, many times, so that
/// the master's AOT cache knows which of its code is hot when all of them come at once. It is no
/// part of the program.
///
/// usage: java -cp CLASSPATH Rehearsal.java PORT TOKEN_FILE AGENTS VISITS
public final class Rehearsal {
    private static final int AT_ONCE = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Rehearsal() {}

    /// @param arguments as told above; each of the agents makes so many visits
    public static void main(String[] arguments) throws Exception {
        var master = new MasterAddress("localhost", Integer.parseInt(arguments[0]));
        var token = JoinToken.of(Files.readString(Path.of(arguments[1])).strip());
        int agents = Integer.parseInt(arguments[2]);
        int visits = Integer.parseInt(arguments[3]);
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var all = new ArrayList<Future<?>>();
            for (int i = 0; i < agents; i++) {
                int number = i;
                all.add(threads.submit(() -> live(master, token, number, visits)));
            }
            for (var each : all) {
                var _ = each.get();
            }
        }
        // What still waits for connections that are closed need not end.
        Runtime.getRuntime().halt(0);
    }

    private static Void live(MasterAddress master, JoinToken token, int number, int visits)
            throws InterruptedException {
        var wish = new Joining.Wish("rehearsal", "rehearsal" + number, List.of(), "", 1);
        var pair = Keys.make(RANDOM);
        var joined = Joining.join(master, token, pair, wish, InstantSource.system());
        var own = new LiveCredentials(joined.credentials());
        for (int visit = 0; visit < visits; visit++) {
            new Visit(Dialing.as(master, own, InstantSource.system())).make();
        }
        return null;
    }

    /// One session: hello, welcome, a heartbeat, and the end.
    private static final class Visit implements StreamObserver<FromMaster> {
        private final ManagedChannel channel;
        private final CountDownLatch over = new CountDownLatch(1);
        private volatile Optional<Throwable> failure = Optional.empty();
        private StreamObserver<FromAgent> out;

        Visit(ManagedChannel channel) {
            this.channel = channel;
        }

        void make() throws InterruptedException {
            out = AgentsGrpc.newStub(channel).session(this);
            out.onNext(
                    FromAgent.newBuilder()
                            .setHello(
                                    Hello.newBuilder()
                                            .setProtocol(Protocol.VERSION)
                                            .setVersion("rehearsal")
                                            .setBoot("rehearsal")
                                            .setHost("rehearsal")
                                            .setSystem("rehearsal")
                                            .setSlots(1)
                                            .setAt(System.currentTimeMillis()))
                            .build());
            over.await();
            var _ = channel.shutdown();
            failure.ifPresent(why -> {
                throw new IllegalStateException("a visit failed", why);
            });
        }

        @Override
        public void onNext(FromMaster message) {
            if (message.hasWelcome()) {
                out.onNext(
                        FromAgent.newBuilder()
                                .setSessionEpoch(message.getSessionEpoch())
                                .setHeartbeat(
                                        Heartbeat.newBuilder()
                                                .setNextMillis(1_000)
                                                .setAt(System.currentTimeMillis()))
                                .build());
                out.onCompleted();
            }
        }

        @Override
        public void onError(Throwable why) {
            failure = Optional.of(why);
            over.countDown();
        }

        @Override
        public void onCompleted() {
            over.countDown();
        }
    }
}
