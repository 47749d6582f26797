package dev.sloth.master.rpc;

import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.value.Data;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Problems;
import dev.sloth.core.state.LocalState;
import dev.sloth.core.state.Request;
import dev.sloth.wire.Refusals;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.proto.DispatchOutcome;
import dev.sloth.wire.proto.LockNews;
import dev.sloth.wire.proto.LockRequest;
import dev.sloth.wire.proto.SettleRequest;
import dev.sloth.wire.proto.SharedGrpc;
import dev.sloth.wire.proto.SharedOutcome;
import dev.sloth.wire.proto.SharedPart;
import dev.sloth.wire.proto.TermsAnswer;
import dev.sloth.wire.proto.TermsRequest;
import dev.sloth.wire.proto.WatchRequest;
import dev.sloth.wire.proto.WatcherAgreed;
import dev.sloth.wire.shared.Ask;
import dev.sloth.wire.shared.Asking;
import dev.sloth.wire.shared.LockAsk;
import dev.sloth.wire.shared.Look;
import dev.sloth.wire.shared.Numbered;
import dev.sloth.wire.shared.Outcomes;
import dev.sloth.wire.shared.Seen;
import dev.sloth.wire.shared.Settling;
import dev.sloth.wire.shared.SharedParts;
import dev.sloth.wire.shared.Telling;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// What agents ask of shared state and events, each time for an order that they have.
final class SharedCalls extends SharedGrpc.SharedImplBase {
    /// Who speaks for runs is no agent.
    private static final String RUNNER = "runner";

    private static final int ORDER_SHOWN_MAX = 80;

    private final Sharing sharing;
    private final Answer answer;
    private final Burden burden;
    private final Untaken untaken;
    private final HookCalls hooks;
    private final WatcherCalls watchers;
    private final ToldOnce<DispatchOutcome> told = new ToldOnce<>();

    SharedCalls(Sharing sharing, HookCalls hooks, WatcherCalls watchers, Answer answer) {
        this.sharing = sharing;
        this.hooks = hooks;
        this.watchers = watchers;
        this.answer = answer;
        this.burden = new Burden(2 * sharing.requestMax());
        this.untaken = new Untaken(2 * sharing.requestMax(), 8 * sharing.requestMax());
    }

    // ---- in whose name

    /// @throws Problems when the caller does not have the order
    Acting acting(Asking asking) {
        var agent = Peer.current().agent().id();
        return sharing.work()
                .acting(agent, asking.order())
                .orElseThrow(() ->
                        answer.overreach(
                                asking.order(),
                                WireProblems.problem(
                                        WireProblems.NOT_ITS_ORDER,
                                        "the agent %s does not have the order '%s'"
                                                .formatted(agent, shown(asking.order())),
                                        "an order that has ended, or was given to another agent,"
                                                + " shares nothing any more; if it should be this"
                                                + " agent's, look at what runs there")));
    }

    private static String shown(String order) {
        var plain = order.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > ORDER_SHOWN_MAX
                ? plain.substring(0, ORDER_SHOWN_MAX) + "..."
                : plain;
    }

    LocalState state(Acting acting) {
        return sharing.spaces().state(acting.namespace());
    }

    static Request request(Asking asking, Numbered numbered) {
        return new Request(asker(asking, numbered), numbered.number(), numbered.heard());
    }

    private static String asker(Asking asking, Numbered numbered) {
        return "%s/%016x".formatted(asking.order(), numbered.asker());
    }

    private <A> StreamObserver<SharedPart> gathering(
            String call, StreamObserver<A> caller, Function<Gathering<A>, Consumer<byte[]>> work) {
        return new Gathering<>(call, burden, untaken, sharing.requestMax(), answer, caller, work);
    }

    // ---- state

    @Override
    public StreamObserver<SharedPart> ask(StreamObserver<SharedPart> caller) {
        return gathering(
                "ask shared state",
                caller,
                call ->
                        message -> {
                            var outcome = asked(Ask.of(message), call.untaken());
                            Outcomes.parts(outcome).forEach(call::say);
                            call.finish();
                        });
    }

    /// What a question is answered is counted while it is read, what a change is answered once it
    /// is done.
    private SharedOutcome asked(Ask ask, Untaken.Share untaken) {
        untaken.assureRoom();
        var acting = acting(ask.asking());
        var state = state(acting);
        return Outcomes.of(() ->
                switch (ask.command()) {
                    case StateCommand.Look look -> state.ask(look, untaken);
                    case StateCommand.Act act -> {
                        var done =
                                state.ask(
                                        request(ask.asking(), ask.request().orElseThrow()),
                                        act,
                                        acting.because(ask.asking().causes()));
                        untaken.take(Data.bytes(done.value()));
                        yield done;
                    }
                });
    }

    @Override
    public StreamObserver<SharedPart> transaction(StreamObserver<SharedPart> caller) {
        return gathering("transaction", caller, call -> new TransactionStream(this, call));
    }

    @Override
    public void settle(SettleRequest message, StreamObserver<SharedOutcome> caller) {
        answer.to(
                caller,
                "settle",
                () -> {
                    var settling = Settling.of(message);
                    var request = request(settling.asking(), settling.request());
                    return Outcomes.of(state(acting(settling.asking())).settle(request));
                });
    }

    @Override
    public void terms(TermsRequest message, StreamObserver<TermsAnswer> caller) {
        answer.to(
                caller,
                "terms",
                () -> Settling.terms(state(acting(Settling.of(message))).transactionMax()));
    }

    /// Answers a call that waits.
    private <T> void waiting(StreamObserver<T> caller, String call, Cut.Waiting<List<T>> work) {
        try {
            Cut.unlessCancelled(work).forEach(caller::onNext);
            caller.onCompleted();
        } catch (InterruptedException _) {
            caller.onError(Status.CANCELLED.asRuntimeException());
        } catch (RuntimeException e) {
            caller.onError(Refusals.of(answer.told(call, e)));
        }
    }

    @Override
    public void lock(LockRequest message, StreamObserver<LockNews> caller) {
        var quiet = Gathering.quiet(caller);
        waiting(
                quiet,
                "lock",
                () -> {
                    var ask = LockAsk.of(message);
                    var state = state(acting(ask.asking()));
                    quiet.onNext(Outcomes.waiting());
                    return List.of(Outcomes.last(locked(state, ask)));
                });
    }

    private SharedOutcome locked(LocalState state, LockAsk ask) throws InterruptedException {
        try {
            var taken = state.lock(request(ask.asking(), ask.request()), ask.lock(), ask.timeout());
            if (taken.done()) {
                heldByTheOrder(state, ask, taken.value());
            }
            return Outcomes.of(taken);
        } catch (StateRefusal e) {
            return Outcomes.of(e);
        }
    }

    /// The order may have ended while it waited: then it gets nothing. When nobody can tell just
    /// now it keeps what it got, and asks again for it.
    private void heldByTheOrder(LocalState state, LockAsk ask, Value taken) {
        try {
            var _ = acting(ask.asking());
        } catch (Problems e) {
            boolean over = !e.list().getFirst().code().equals(WireProblems.UNREACHABLE);
            if (over && taken instanceof Value.Num(double token)) {
                var _ = state.ask(new StateCommand.Unlock(ask.lock().name(), (long) token));
            }
            throw e;
        }
    }

    @Override
    public void watch(WatchRequest message, StreamObserver<SharedPart> caller) {
        var share = untaken.share(Peer.current().agent().id());
        var quiet = Gathering.quiet(caller, share::over);
        waiting(
                quiet,
                "watch",
                () -> {
                    share.assureRoom();
                    var look = Look.of(message);
                    var state = state(acting(look.asking()));
                    new Seen.Begun().parts().forEach(quiet::onNext);
                    var seen = seen(state, look);
                    seen.forEach(part -> share.take(SharedParts.size(part)));
                    return seen;
                });
    }

    private static List<SharedPart> seen(LocalState state, Look look) throws InterruptedException {
        try {
            var found = state.changes(look.pattern(), look.behind(), look.timeout());
            var all = new ArrayList<SharedPart>();
            found.changes().forEach(change -> all.addAll(new Seen.Changed(change).parts()));
            all.addAll(new Seen.UpTo(found.last()).parts());
            return all;
        } catch (StateRefusal e) {
            return Seen.refused(e);
        }
    }

    // ---- hooks

    @Override
    public StreamObserver<SharedPart> hooks(StreamObserver<SharedPart> caller) {
        return gathering(
                "hooks",
                caller,
                call ->
                        message -> {
                            hooks.asked(message, this::acting).parts().forEach(call::say);
                            call.finish();
                        });
    }

    // ---- watchers

    @Override
    public StreamObserver<SharedPart> agree(StreamObserver<WatcherAgreed> caller) {
        return gathering(
                "agree to a watcher",
                caller,
                call ->
                        message -> {
                            call.say(watchers.agreed(message, this::acting));
                            call.finish();
                        });
    }

    @Override
    public StreamObserver<SharedPart> tell(StreamObserver<DispatchOutcome> caller) {
        return gathering(
                "tell what a watcher saw",
                caller,
                call ->
                        message -> {
                            call.say(watchers.told(message));
                            call.finish();
                        });
    }

    // ---- events

    /// Tells something that is told for an order from all else that is.
    static String fact(Asking asking, Numbered numbered) {
        return "%s/%d".formatted(asker(asking, numbered), numbered.number());
    }

    @Override
    public StreamObserver<SharedPart> dispatch(StreamObserver<DispatchOutcome> caller) {
        return gathering(
                "dispatch",
                caller,
                call ->
                        message -> {
                            call.say(dispatched(message));
                            call.finish();
                        });
    }

    private DispatchOutcome dispatched(byte[] message) {
        var telling = Telling.of(message);
        var asking = telling.asking();
        var acting = acting(asking);
        if (telling.source().equals(RUNNER)) {
            throw WireProblems.unreadable("an agent speaks for its tasks, not for runs");
        }
        return told.of(
                asking.order(),
                fact(asking, telling.request()),
                () ->
                        Outcomes.told(() ->
                                sharing.spaces()
                                        .events(acting.namespace())
                                        .as(telling.source(), acting.because(asking.causes()))
                                        .dispatch(telling.fact())));
    }
}
