package dev.sloth.agent.link;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.wire.Calling;
import dev.sloth.wire.ClockOffset;
import dev.sloth.wire.Dialing;
import dev.sloth.wire.LiveCredentials;
import dev.sloth.wire.MasterAddress;
import dev.sloth.wire.Parts;
import dev.sloth.wire.Protocol;
import dev.sloth.wire.Refusals;
import dev.sloth.wire.Renewal;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.proto.AgentsGrpc;
import dev.sloth.wire.proto.FromAgent;
import dev.sloth.wire.proto.FromMaster;
import dev.sloth.wire.proto.Heartbeat;
import dev.sloth.wire.proto.HeldOrder;
import dev.sloth.wire.proto.Hello;
import dev.sloth.wire.proto.WatchersWanted;
import dev.sloth.wire.proto.Welcome;
import io.grpc.ManagedChannel;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One session with the master, from hello to its end. For one thread.
final class Session {
    /// How long a welcome may take.
    private static final Duration WELCOME_MAX = Protocol.CALL_MAX;

    /// How often it is looked whether the agent is to end.
    private static final Duration LOOK = Duration.ofMillis(200);

    /// How long a heartbeat waits that cannot be said at once.
    private static final Duration PAUSE = Duration.ofMillis(10);

    /// How often the master hears from an agent whose work others would do if it were lost.
    private static final Duration CLOSE_BEAT = Duration.ofSeconds(1);

    private final MasterAddress master;
    private final LiveCredentials own;
    private final Self self;
    private final Link.Renewing renewing;
    private final CountDownLatch ending;
    private final InstantSource time;
    private final LinkNews news;
    private final Orders orders;
    private final Parts parts = new Parts();
    private Optional<Welcome> welcome = Optional.empty();
    private long epoch;

    Session(
            MasterAddress master,
            LiveCredentials own,
            Self self,
            Link.Renewing renewing,
            CountDownLatch ending,
            InstantSource time,
            LinkNews news,
            Orders orders) {
        this.orders = orders;
        this.master = master;
        this.own = own;
        this.self = self;
        this.renewing = renewing;
        this.ending = ending;
        this.time = time;
        this.news = news;
    }

    /// How a session can end.
    sealed interface End {
        /// The next is to begin at once, with the new certificate.
        record Again(Duration jitter) implements End {}

        /// The agent ends.
        record Ended() implements End {}

        /// @param jitter what the master said of the wait, if it said anything
        record Lost(Problem why, Optional<Duration> jitter) implements End {}
    }

    End run() throws InterruptedException {
        var channel = Dialing.as(master, own, time);
        try {
            var call = AgentsGrpc.newBlockingV2Stub(channel).session();
            return talk(channel, call);
        } catch (StatusException e) {
            return new End.Lost(Refusals.read(e, master).list().getFirst(), jitter());
        } catch (Problems e) {
            return new End.Lost(e.list().getFirst(), jitter());
        } finally {
            Calling.close(channel);
        }
    }

    private Optional<Duration> jitter() {
        return welcome.map(each -> Duration.ofMillis(each.getReconnectJitterMillis()));
    }

    private End talk(ManagedChannel channel, BlockingClientCall<FromAgent, FromMaster> call)
            throws StatusException, InterruptedException {
        boolean _ = call.write(FromAgent.newBuilder().setHello(hello()).build());
        greeted(call);
        var uplink = new Uplink(master, channel, call, epoch);
        orders.connected(uplink);
        try {
            return stay(channel, call, uplink);
        } finally {
            orders.disconnected();
        }
    }

    private Hello hello() {
        var hello = self.hello(time.instant()).toBuilder();
        orders.held()
                .forEach((id, ended) ->
                        hello.addOrders(HeldOrder.newBuilder().setId(id).setEnded(ended)));
        return hello.build();
    }

    private End stay(
            ManagedChannel channel, BlockingClientCall<FromAgent, FromMaster> call, Uplink uplink)
            throws StatusException, InterruptedException {
        var pulse = new Pulse(System.nanoTime());
        boolean toldLeaving = false;
        while (ending.getCount() > 0) {
            var pace = beatsEach();
            boolean leaving = orders.isLeaving();
            long now = System.nanoTime();
            boolean due = leaving != toldLeaving || pulse.isDue(pace, now);
            if (due && uplink.sayAtOnce(FromAgent.newBuilder().setHeartbeat(beat(pace)))) {
                pulse.beat(pace, now);
                toldLeaving = leaving;
            }
            if (renewing.isDue() && renewing.renew(pair -> Renewal.renew(master, channel, pair))) {
                uplink.leave();
                return new End.Again(jitter().orElseThrow());
            }
            var message = next(call, pulse.next(pace));
            if (message.isPresent() && message.get().hasGoAway()) {
                return lost("the master ends the session");
            }
            message.ifPresent(said -> answer(said, uplink));
            message.ifPresent(this::hear);
        }
        uplink.leave();
        return new End.Ended();
    }

    /// Answers a question, on a thread of its own: who reads must not wait for those who write.
    private void answer(FromMaster said, Uplink uplink) {
        if (said.hasLines()) {
            var asked = said.getLines();
            var lines = news.recent(asked.getAfter()).message(asked.getQuestion());
            var _ =
                    Thread.ofVirtual()
                            .start(() -> uplink.tell(FromAgent.newBuilder().setLines(lines)));
        }
        if (said.hasWatchers()) {
            var _ = Thread.ofVirtual().start(() -> tellWatchers(said.getWatchers(), uplink));
        }
    }

    private void tellWatchers(WatchersWanted asked, Uplink uplink) {
        orders.watchers(asked.getAfter(), asked.getRemoveList())
                .map(page -> page.message(asked.getQuestion()))
                .ifPresent(page -> uplink.tell(FromAgent.newBuilder().setWatchers(page)));
    }

    private void greeted(BlockingClientCall<FromAgent, FromMaster> call)
            throws StatusException, InterruptedException {
        try {
            var first = call.read(WELCOME_MAX.toMillis(), TimeUnit.MILLISECONDS);
            if (first == null || !first.hasWelcome()) {
                throw silent();
            }
            if (first.getWelcome().getProtocol() < Protocol.OLDEST) {
                throw tooOld(first.getWelcome());
            }
            welcome = Optional.of(first.getWelcome());
            epoch = first.getSessionEpoch();
            news.tell(new LinkEvent.Connected(master, epoch));
        } catch (TimeoutException _) {
            throw silent();
        }
    }

    /// Masters that are told the oldest protocol of an agent say so themselves; this is for those
    /// that do not know that they are.
    private Problems tooOld(Welcome welcome) {
        return WireProblems.of(
                WireProblems.OTHER_VERSION,
                "the master's version %s speaks protocol %s, and this agent (version %s) knows none older than %d"
                        .formatted(
                                welcome.getVersion(),
                                Integer.toUnsignedString(welcome.getProtocol()),
                                self.version(),
                                Protocol.OLDEST),
                "install this agent's version of sloth-runner on the master's machine, or the"
                        + " master's version on this one");
    }

    private Problems silent() {
        return WireProblems.of(
                WireProblems.UNREACHABLE,
                "the master at %s does not say welcome".formatted(master),
                "see how it does; the agent tries again");
    }

    private End lost(String why) {
        return new End.Lost(
                WireProblems.problem(
                        WireProblems.UNREACHABLE, why, "the agent comes back by itself"),
                jitter());
    }

    /// What the master says within the next moments, if anything.
    private Optional<FromMaster> next(BlockingClientCall<FromAgent, FromMaster> call, long nextBeat)
            throws StatusException, InterruptedException {
        long wait =
                Math.min(LOOK.toNanos(), Math.max(PAUSE.toNanos(), nextBeat - System.nanoTime()));
        try {
            var message = call.read(wait, TimeUnit.NANOSECONDS);
            if (message == null) {
                throw WireProblems.of(
                        WireProblems.UNREACHABLE,
                        "the master ended the session",
                        "the agent comes back by itself");
            }
            return Optional.of(message);
        } catch (TimeoutException _) {
            return Optional.empty();
        }
    }

    private Duration beatsEach() {
        var told = Duration.ofMillis(welcome.orElseThrow().getHeartbeatMillis());
        return orders.areRepeatable() && told.compareTo(CLOSE_BEAT) > 0 ? CLOSE_BEAT : told;
    }

    private Heartbeat.Builder beat(Duration next) {
        return Self.figures().message().toBuilder()
                .setAt(time.instant().toEpochMilli())
                .setNextMillis((int) next.toMillis())
                .setLeaving(orders.isLeaving());
    }

    private void hear(FromMaster message) {
        switch (message.getMessageCase()) {
            case ORDER -> {
                var part = message.getOrder();
                parts.add(part.getId(), part.getPart(), part.getMore())
                        .ifPresent(body -> orders.order(part.getId(), body));
            }
            case CANCEL -> orders.cancel(message.getCancel().getId());
            case TAKEN -> orders.taken(message.getTaken().getId());
            case FORGET -> orders.forget(message.getForget().getId());
            case CLOCK -> {
                var ahead = Duration.ofMillis(message.getClock().getAheadMillis());
                news.tell(new LinkEvent.Clock(new ClockOffset(ahead)));
            }
            case WELCOME, GO_AWAY, LINES, WATCHERS, MESSAGE_NOT_SET -> {
                // A newer master may say what this agent does not know.
            }
        }
    }
}
