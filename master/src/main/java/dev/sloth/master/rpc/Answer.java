package dev.sloth.master.rpc;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.master.session.MasterNews;
import dev.sloth.wire.Refusals;
import dev.sloth.wire.WireProblems;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/// Answers calls; what goes wrong is told to both sides, faults of ours to the master only.
final class Answer {
    private final MasterNews news;

    Answer(MasterNews news) {
        this.news = news;
    }

    <T> void to(StreamObserver<T> caller, Supplier<T> work) {
        T answer;
        try {
            answer = work.get();
        } catch (RuntimeException e) {
            caller.onError(Refusals.of(told(Peer.current(), e)));
            return;
        }
        caller.onNext(answer);
        caller.onCompleted();
    }

    /// What the caller is told of a failure, which the master hears of too.
    Problem told(Peer peer, RuntimeException failure) {
        if (failure instanceof Problems known) {
            var problem = known.list().getFirst();
            news.tell(new MasterEvent.Refused(peer.call(), peer.address(), problem));
            return problem;
        }
        news.tell(new MasterEvent.Trouble(failure));
        return fault();
    }

    static Problem fault() {
        return WireProblems.problem(
                WireProblems.MASTER_FAULT,
                "the master has a fault and did nothing",
                "its own output says more; try again");
    }
}
