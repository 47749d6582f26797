package dev.sloth.master.rpc;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.core.security.audit.Audit;
import dev.sloth.core.security.audit.Deed;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.master.afar.RunProblems;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.master.session.MasterNews;
import dev.sloth.wire.FailedHandshake;
import dev.sloth.wire.Identity;
import dev.sloth.wire.Refusals;
import dev.sloth.wire.WireProblems;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/// Answers calls; what goes wrong is told to both sides, faults of ours to the master only. What
/// was to change something and did not, or was refused, goes into the audit log.
final class Answer {
    private static final String HANDSHAKE = "TLS";

    private final Audit audit;
    private final RefusalNews refusals;
    private final MasterNews news;
    private volatile boolean going;

    Answer(Audit audit, RefusalNews refusals, MasterNews news) {
        this.audit = audit;
        this.refusals = refusals;
        this.news = news;
    }

    /// From now on what goes wrong does so because the master ends: whoever asks again finds the
    /// next one.
    void leave() {
        going = true;
    }

    /// To a call that changes nothing.
    <T> void to(StreamObserver<T> caller, Supplier<T> work) {
        to(caller, Peer.current().call(), work);
    }

    /// @param call what the answer is to, for the news
    <T> void to(StreamObserver<T> caller, String call, Supplier<T> work) {
        answer(caller, call, work, problem -> {});
    }

    /// To a call that changes something, and keeps a row of that itself when it does.
    ///
    /// @param object what it is about
    <T> void change(StreamObserver<T> caller, String object, Supplier<T> work) {
        var peer = Peer.current();
        answer(caller, peer.call(), work, problem -> audit.failed(peer.deed(), object, problem));
    }

    /// To a call that changes something in another place than where the audit log is: its row comes
    /// first, and without that nothing is done.
    <T> void announced(StreamObserver<T> caller, String object, String outcome, Supplier<T> work) {
        change(
                caller,
                object,
                () -> {
                    audit.announced(Peer.current().deed(), object, outcome);
                    return work.get();
                });
    }

    /// What was announced did not come about, of which the answer itself tells.
    void undone(String object, Problem why) {
        var deed = Peer.current().deed();
        kept(() -> audit.failed(deed, object, why));
    }

    /// To a call of which it is not known before it is tried whether it is allowed.
    <T> void refusable(StreamObserver<T> caller, String object, Supplier<T> work) {
        var peer = Peer.current();
        answer(caller, peer.call(), work, problem -> audit.refused(peer.deed(), object, problem));
    }

    /// Keeps what did not come about.
    private interface Keeping {
        void keep(Problem problem);
    }

    private <T> void answer(
            StreamObserver<T> caller, String call, Supplier<T> work, Keeping keeping) {
        T answer;
        try {
            answer = work.get();
        } catch (RuntimeException e) {
            var problem = told(call, e);
            if (e instanceof Problems) {
                kept(() -> keeping.keep(problem));
            }
            caller.onError(Refusals.of(problem));
            return;
        }
        caller.onNext(answer);
        caller.onCompleted();
    }

    /// Refuses somebody before anything of theirs was done.
    ///
    /// @param object what it would have been done to; empty when that is not known
    void refuse(Peer peer, String object, Problem problem) {
        refusals.tell(peer.call(), peer.address(), problem);
        kept(() -> audit.refused(peer.deed(), object, problem));
    }

    /// What agents ask for that is not theirs, or cannot be meant well, is written down like
    /// everything that is refused to somebody because of who they are.
    ///
    /// @param order for which they ask, as they say
    /// @return what they are told
    Problems overreach(String order, Problem problem) {
        var deed = Peer.current().deed();
        kept(() -> audit.refused(deed, order, problem));
        return new Problems(problem);
    }

    /// Tells of somebody who did not get as far as to call; that a certificate was refused is kept,
    /// with who they say to be.
    void refuse(String address, FailedHandshake why) {
        if (why.refused()) {
            var deed = new Deed(Peer.NOBODY, address, HANDSHAKE);
            var claimed = why.claimed().map(Identity::uri).orElse("");
            kept(() -> audit.refused(deed, claimed, why.problem()));
        }
        refusals.tell(HANDSHAKE, address, why.problem());
    }

    /// Tells how often what is refused again and again.
    void settle() {
        refusals.settle();
    }

    /// A refusal stays one, whether or not it can be kept.
    void kept(Runnable keeping) {
        try {
            keeping.run();
        } catch (StoreFailure e) {
            news.tell(new MasterEvent.Trouble(e));
        }
    }

    /// What the caller is told of a failure, which the master hears of too.
    Problem told(String call, RuntimeException failure) {
        return told(call, Peer.current(), failure);
    }

    /// The same, outside of a call.
    Problem told(Peer peer, RuntimeException failure) {
        return told(peer.call(), peer, failure);
    }

    private Problem told(String call, Peer peer, RuntimeException failure) {
        if (failure instanceof Problems known) {
            var problem = known.list().getFirst();
            refusals.tell(call, peer.address(), problem);
            return problem;
        }
        if (going) {
            return WireProblems.problem(
                    WireProblems.UNREACHABLE,
                    "the master has just ended",
                    "start it again: what it was asked is asked again where that is safe");
        }
        news.tell(new MasterEvent.Trouble(failure));
        return failure instanceof StoreFailure known ? RunProblems.of(known) : fault();
    }

    private static Problem fault() {
        return WireProblems.problem(
                WireProblems.MASTER_FAULT,
                "the master has a fault and did nothing",
                "its own output says more; try again");
    }
}
