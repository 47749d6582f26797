package dev.sloth.swarm;

import com.google.protobuf.ByteString;
import dev.sloth.wire.Protocol;
import dev.sloth.wire.proto.AgentsGrpc;
import dev.sloth.wire.proto.FromAgent;
import dev.sloth.wire.proto.FromMaster;
import dev.sloth.wire.proto.Heartbeat;
import dev.sloth.wire.proto.HeldOrder;
import dev.sloth.wire.proto.Hello;
import dev.sloth.wire.proto.LogLines;
import dev.sloth.wire.proto.LogStored;
import dev.sloth.wire.proto.OrderAccepted;
import dev.sloth.wire.proto.OrderEnded;
import dev.sloth.wire.proto.WorkGrpc;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;

/// One agent of the swarm. It keeps what it was given in memory only, and does with it whatever the
/// swarm's work says.
public final class SwarmAgent {
    private static final long WAIT_MILLIS_MAX = 10_000;
    private static final int DOUBLINGS_MAX = 10;
    private static final long GIGABYTE = 1L << 30;

    private final Swarm swarm;
    private final int number;
    private final String name;
    private final ReentrantLock lock = new ReentrantLock();

    /// What it was given and the master has not taken; whether it has ended.
    private final Map<String, ByteString> ended = new ConcurrentHashMap<>();

    private final Map<String, Boolean> held = new ConcurrentHashMap<>();
    private Optional<Session> session = Optional.empty();
    private long jitterMillis = 3_000;
    private int failed;
    private boolean over;

    SwarmAgent(Swarm swarm, int number, String name) {
        this.swarm = swarm;
        this.number = number;
        this.name = name;
    }

    public String name() {
        return name;
    }

    void connect() {
        lock.lock();
        try {
            if (!over) {
                session = Optional.of(new Session(swarm.dial(number, name)));
                session.get().begin();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Has it take an order.
    public void accept(String id) {
        held.put(id, false);
        say(FromAgent.newBuilder().setAccepted(OrderAccepted.newBuilder().setId(id)));
    }

    /// Has it end an order.
    ///
    /// @param outcome as a document
    public void end(String id, ByteString outcome) {
        held.put(id, true);
        ended.put(id, outcome);
        sayEnded(id, outcome);
    }

    private void sayEnded(String id, ByteString outcome) {
        say(FromAgent.newBuilder().setEnded(OrderEnded.newBuilder().setId(id).setPart(outcome)));
    }

    private void say(FromAgent.Builder what) {
        lock.lock();
        try {
            session.ifPresent(now -> now.say(what));
        } finally {
            lock.unlock();
        }
    }

    /// A stream for lines of its orders.
    public StreamObserver<LogLines> logs(StreamObserver<LogStored> answers) {
        lock.lock();
        try {
            return WorkGrpc.newStub(session.orElseThrow().channel).logs(answers);
        } finally {
            lock.unlock();
        }
    }

    /// Ends its connection without a word, and does not come back.
    public void vanish() {
        lock.lock();
        try {
            over = true;
            session.ifPresent(now -> now.channel.shutdownNow());
        } finally {
            lock.unlock();
        }
    }

    /// Ends its connection and comes back after a while, as agents do.
    private void lost(Session which) {
        lock.lock();
        try {
            if (session.filter(now -> now == which).isEmpty()) {
                return;
            }
            session = Optional.empty();
            which.close();
            failed = which.welcomed() ? 0 : failed + 1;
            if (!over) {
                long most = jitterMillis << Math.min(DOUBLINGS_MAX, Math.max(0, failed - 1));
                swarm.after(Math.min(WAIT_MILLIS_MAX, most), this::connect);
            }
        } finally {
            lock.unlock();
        }
    }

    /// From hello to its end.
    private final class Session implements StreamObserver<FromMaster> {
        private final ManagedChannel channel;
        private Optional<StreamObserver<FromAgent>> out = Optional.empty();
        private Optional<Future<?>> beating = Optional.empty();
        private long epoch;
        private long every;

        Session(ManagedChannel channel) {
            this.channel = channel;
        }

        boolean welcomed() {
            return epoch > 0;
        }

        void begin() {
            out = Optional.of(AgentsGrpc.newStub(channel).session(this));
            var hello =
                    Hello.newBuilder()
                            .setProtocol(Protocol.VERSION)
                            .setVersion("swarm")
                            .setBoot("swarm")
                            .setHost("host-of-" + name)
                            .setSystem("Linux, of a swarm")
                            .setSlots(Swarm.SLOTS)
                            .setAt(swarm.millis());
            held.forEach(
                    (id, done) -> hello.addOrders(HeldOrder.newBuilder().setId(id).setEnded(done)));
            out.get().onNext(FromAgent.newBuilder().setHello(hello).build());
        }

        void say(FromAgent.Builder what) {
            if (welcomed()) {
                out.orElseThrow().onNext(what.setSessionEpoch(epoch).build());
            }
        }

        @Override
        public void onNext(FromMaster message) {
            switch (message.getMessageCase()) {
                case WELCOME -> welcome(message);
                case ORDER -> {
                    if (!message.getOrder().getMore()) {
                        swarm.work().order(SwarmAgent.this, message.getOrder().getId());
                    }
                }
                case CANCEL -> end(message.getCancel().getId(), swarm.cancelled());
                case TAKEN -> {
                    forget(message.getTaken().getId());
                    swarm.work().taken(SwarmAgent.this, message.getTaken().getId());
                }
                case FORGET -> forget(message.getForget().getId());
                case GO_AWAY -> lost(this);
                case CLOCK, LINES, WATCHERS, MESSAGE_NOT_SET -> {}
            }
        }

        private void welcome(FromMaster message) {
            lock.lock();
            try {
                epoch = message.getSessionEpoch();
                jitterMillis = message.getWelcome().getReconnectJitterMillis();
                every = swarm.beatMillis(message.getWelcome().getHeartbeatMillis());
                beating = Optional.of(swarm.every(every, this::beat));
            } finally {
                lock.unlock();
            }
            swarm.came();
            beat();
            ended.forEach(SwarmAgent.this::sayEnded);
        }

        private void beat() {
            SwarmAgent.this.say(
                    FromAgent.newBuilder()
                            .setHeartbeat(
                                    Heartbeat.newBuilder()
                                            .setLoad(0.25)
                                            .setProcessors(2)
                                            .setMemoryBytes(2 * GIGABYTE)
                                            .setMemoryFreeBytes(GIGABYTE)
                                            .setNextMillis((int) every)
                                            .setAt(swarm.millis())));
        }

        private void forget(String id) {
            held.remove(id);
            ended.remove(id);
        }

        void close() {
            beating.ifPresent(each -> each.cancel(false));
            var _ = channel.shutdownNow();
            if (welcomed()) {
                swarm.left();
            }
        }

        @Override
        public void onError(Throwable failure) {
            swarm.failed(failure);
            lost(this);
        }

        @Override
        public void onCompleted() {
            lost(this);
        }
    }
}
