package dev.sloth.master.rpc;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.core.dispatch.Act;
import dev.sloth.core.dispatch.Declining;
import dev.sloth.core.dispatch.Input;
import dev.sloth.core.store.cluster.OrderRow;
import dev.sloth.master.dispatch.Fleet;
import dev.sloth.master.session.Arrival;
import dev.sloth.master.session.Displacement;
import dev.sloth.master.session.Line;
import dev.sloth.master.session.Roster;
import dev.sloth.wire.ClockOffset;
import dev.sloth.wire.Figures;
import dev.sloth.wire.Parts;
import dev.sloth.wire.RecentLines;
import dev.sloth.wire.Refusals;
import dev.sloth.wire.WatcherPage;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.proto.AgentLines;
import dev.sloth.wire.proto.Clock;
import dev.sloth.wire.proto.FromAgent;
import dev.sloth.wire.proto.FromMaster;
import dev.sloth.wire.proto.GoAway;
import dev.sloth.wire.proto.HeldOrder;
import dev.sloth.wire.proto.Hello;
import dev.sloth.wire.proto.LinesWanted;
import dev.sloth.wire.proto.OrderDeclined;
import dev.sloth.wire.proto.OrderEnded;
import dev.sloth.wire.proto.OrderName;
import dev.sloth.wire.proto.OrderPart;
import dev.sloth.wire.proto.WatchersWanted;
import dev.sloth.wire.proto.Welcome;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/// One session of one agent. What comes in is seen by one thread at a time; what goes out may be
/// sent by any.
final class SessionStream implements StreamObserver<FromAgent>, Line {
    /// The number of the question whether somebody is still there; no other question has it.
    private static final long STILL_THERE = 0;

    /// No text of an agent is longer.
    private static final int TEXT_MAX = 1_024;

    private final Peer peer;
    private final Roster roster;
    private final Fleet fleet;
    private final Doorstep doorstep;
    private final Welcome welcome;
    private final InstantSource time;
    private final Answer answer;
    private final StreamObserver<FromMaster> out;
    private final Parts parts = new Parts();
    private final ReentrantLock sending = new ReentrantLock();
    private boolean over;

    /// What the agent has not answered yet.
    private Optional<Roster.Offer> offer = Optional.empty();

    /// Says why this session is over, once somebody has answered or time is up.
    private volatile Optional<Displacement> displaced = Optional.empty();

    /// The order that was spoken of last and is another's.
    private volatile String about = "";

    private volatile long epoch;

    SessionStream(
            Peer peer,
            Roster roster,
            Fleet fleet,
            Doorstep doorstep,
            Welcome welcome,
            InstantSource time,
            Answer answer,
            StreamObserver<FromMaster> out) {
        this.peer = peer;
        this.roster = roster;
        this.fleet = fleet;
        this.doorstep = doorstep;
        this.welcome = welcome;
        this.time = time;
        this.answer = answer;
        this.out = out;
    }

    @Override
    public void onNext(FromAgent message) {
        if (isOver()) {
            return;
        }
        try {
            take(message);
        } catch (RuntimeException e) {
            refuse(refused(e));
            leave("refused");
        }
    }

    private void take(FromAgent message) {
        if (epoch == 0) {
            if (!message.hasHello()) {
                throw outOfOrder("says something before its hello");
            }
            greet(message.getHello());
            return;
        }
        if (message.getSessionEpoch() != epoch) {
            throw outOfOrder("speaks for another session");
        }
        if (offer.isPresent()) {
            begin(offer.get());
        }
        switch (message.getMessageCase()) {
            case HEARTBEAT -> {
                var beat = message.getHeartbeat();
                boolean _ =
                        roster.beat(
                                id(),
                                epoch,
                                new Roster.Beat(
                                        Figures.of(beat),
                                        ClockOffset.of(beat.getAt(), time.instant()),
                                        Duration.ofMillis(
                                                Integer.toUnsignedLong(beat.getNextMillis())),
                                        beat.getLeaving()));
            }
            case LEAVING -> leave("on its own");
            case ACCEPTED -> {
                var order = cut(message.getAccepted().getId());
                checkTheirs(order);
                fleet.heard(new Input.Accepted(id(), epoch, order));
            }
            case DECLINED ->
                    fleet.heard(
                            new Input.Declined(
                                    id(),
                                    epoch,
                                    cut(message.getDeclined().getId()),
                                    cut(message.getDeclined().getWhy()),
                                    how(message.getDeclined())));
            case ENDED -> ended(message.getEnded());
            case LINES -> told(message.getLines());
            case WATCHERS ->
                    roster.answered(
                            id(),
                            message.getWatchers().getQuestion(),
                            WatcherPage.of(message.getWatchers()));
            case HELLO -> throw outOfOrder("says hello twice");
            case MESSAGE_NOT_SET -> {
                // A newer agent says something that this master does not know, or has no use for.
            }
        }
    }

    private void told(AgentLines lines) {
        if (lines.getQuestion() == STILL_THERE && displaced.isPresent()) {
            twice(displaced.get());
        } else {
            roster.answered(id(), lines.getQuestion(), RecentLines.of(lines));
        }
    }

    private static Declining how(OrderDeclined said) {
        if (said.getLeaving()) {
            return Declining.LEAVING;
        }
        return said.getForNow() ? Declining.FOR_NOW : Declining.NEVER;
    }

    /// An agent that has an order, or had it, never speaks of one that another has: one order is
    /// given to one agent, and only one that did not take it may see it go to the next.
    private void checkTheirs(String order) {
        boolean others =
                fleet.row(order)
                        .filter(row ->
                                row.state() != OrderRow.State.GIVEN && !row.agent().equals(id()))
                        .isPresent();
        if (others) {
            about = order;
            throw WireProblems.of(
                    WireProblems.NOT_ITS_ORDER,
                    "the agent speaks of an order that another has",
                    "look at what runs there");
        }
    }

    private void ended(OrderEnded part) {
        checkTheirs(cut(part.getId()));
        parts.add(part.getId(), part.getPart(), part.getMore())
                .ifPresent(result ->
                        fleet.heard(new Input.Ended(id(), epoch, cut(part.getId()), result)));
    }

    private void begin(Roster.Offer offered) {
        offer = Optional.empty();
        doorstep.left(this);
        roster.answered(offered);
    }

    private void greet(Hello hello) {
        Versions.check(hello.getProtocol(), hello.getOldest(), hello.getVersion());
        var how =
                new Arrival(
                        id(),
                        shared(hello.getVersion()),
                        cut(hello.getBoot()),
                        cut(hello.getHost()),
                        shared(hello.getSystem()),
                        peer.address(),
                        Math.max(1, hello.getSlots()),
                        peer.certificateUntil(),
                        ClockOffset.of(hello.getAt(), time.instant()));
        var offered = roster.arrived(how, held(hello), this);
        offer = Optional.of(offered);
        epoch = offered.epoch();
        send(FromMaster.newBuilder().setSessionEpoch(epoch).setWelcome(welcome).build());
        if (!how.clock().isRight()) {
            clock(how.clock());
        }
    }

    private static Map<String, Boolean> held(Hello hello) {
        return hello.getOrdersList().stream()
                .collect(
                        Collectors.toMap(
                                held -> cut(held.getId()), HeldOrder::getEnded, (one, _) -> one));
    }

    private static String cut(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
    }

    /// Of what most agents say alike one copy is kept.
    private static String shared(String text) {
        return cut(text).intern();
    }

    private static RuntimeException outOfOrder(String what) {
        return WireProblems.of(
                WireProblems.OTHER_VERSION,
                "the agent " + what,
                "use the same version of sloth-runner on both sides");
    }

    private String id() {
        return peer.agent().id();
    }

    @Override
    public void onError(Throwable failure) {
        leave("the connection broke");
    }

    @Override
    public void onCompleted() {
        leave("on its own");
        end(out::onCompleted);
    }

    private Problem refused(RuntimeException failure) {
        if (failure instanceof Problems known) {
            answer.refuse(peer, about, known.list().getFirst());
            return known.list().getFirst();
        }
        return answer.told(peer, failure);
    }

    /// Asks for no lines, but for a word: whoever answers what is asked now is there now. One that
    /// is too old to answer is told that the session is over when time is up.
    @Override
    public void displaced(Displacement by) {
        displaced = Optional.of(by);
        doorstep.came(this);
        ask(STILL_THERE, Long.MAX_VALUE);
    }

    private void twice(Displacement by) {
        doorstep.left(this);
        answer.refuse(peer, by.agent(), by.twice());
        refuse(by.twice());
    }

    /// For whoever has been silent for too long.
    void waitedFor() {
        displaced.ifPresentOrElse(by -> refuse(by.over()), this::withoutHello);
    }

    private void withoutHello() {
        refuse(
                refused(
                        WireProblems.of(
                                "SLOTH-4727",
                                "the agent said no hello within %d s"
                                        .formatted(Doorstep.HELLO_MAX.toSeconds()),
                                "the agent tries again; if that goes on, see what its machine is"
                                        + " busy with")));
    }

    private void leave(String why) {
        doorstep.left(this);
        if (epoch > 0) {
            roster.left(id(), epoch, why);
        }
    }

    private void send(FromMaster message) {
        sending.lock();
        try {
            if (!over) {
                out.onNext(message);
            }
        } finally {
            sending.unlock();
        }
    }

    @Override
    public void send(Act.Message message) {
        switch (message) {
            case Act.Message.Send(_, _, var order) ->
                    Parts.of(order.body())
                            .forEach(part ->
                                    send(
                                            saying().setOrder(
                                                            OrderPart.newBuilder()
                                                                    .setId(order.id())
                                                                    .setPart(part.bytes())
                                                                    .setMore(part.more()))
                                                    .build()));
            case Act.Message.Cancel(_, _, var id) -> send(saying().setCancel(named(id)).build());
            case Act.Message.Taken(_, _, var id) -> send(saying().setTaken(named(id)).build());
            case Act.Message.Forget(_, _, var id) -> send(saying().setForget(named(id)).build());
        }
    }

    private FromMaster.Builder saying() {
        return FromMaster.newBuilder().setSessionEpoch(epoch);
    }

    private static OrderName named(String id) {
        return OrderName.newBuilder().setId(id).build();
    }

    @Override
    public void goAway() {
        send(
                FromMaster.newBuilder()
                        .setSessionEpoch(epoch)
                        .setGoAway(
                                GoAway.newBuilder()
                                        .setReconnectJitterMillis(
                                                welcome.getReconnectJitterMillis()))
                        .build());
        end(out::onCompleted);
    }

    @Override
    public void ask(long question, long after) {
        send(
                saying().setLines(LinesWanted.newBuilder().setQuestion(question).setAfter(after))
                        .build());
    }

    @Override
    public void askWatchers(long question, String after, List<String> remove) {
        send(
                saying().setWatchers(
                                WatchersWanted.newBuilder()
                                        .setQuestion(question)
                                        .setAfter(after)
                                        .addAllRemove(remove))
                        .build());
    }

    @Override
    public void clock(ClockOffset offset) {
        send(
                FromMaster.newBuilder()
                        .setSessionEpoch(epoch)
                        .setClock(Clock.newBuilder().setAheadMillis(offset.ahead().toMillis()))
                        .build());
    }

    @Override
    public void refuse(Problem problem) {
        end(() -> out.onError(Refusals.of(problem)));
    }

    private boolean isOver() {
        sending.lock();
        try {
            return over;
        } finally {
            sending.unlock();
        }
    }

    private void end(Runnable how) {
        sending.lock();
        try {
            if (!over) {
                over = true;
                how.run();
            }
        } finally {
            sending.unlock();
        }
    }
}
