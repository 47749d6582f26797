package dev.sloth.master.rpc;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.master.afar.RunProblems;
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

    /// @param call what the answer is to, for the news
    <T> void to(StreamObserver<T> caller, String call, Supplier<T> work) {
        T answer;
        try {
            answer = work.get();
        } catch (RuntimeException e) {
            caller.onError(Refusals.of(told(call, e)));
            return;
        }
        caller.onNext(answer);
        caller.onCompleted();
    }

    /// What the caller is told of a failure, which the master hears of too.
    Problem told(String call, RuntimeException failure) {
        if (failure instanceof Problems known) {
            var problem = known.list().getFirst();
            news.tell(new MasterEvent.Refused(call, Peer.current().address(), problem));
            return problem;
        }
        news.tell(new MasterEvent.Trouble(failure));
        return failure instanceof StoreFailure known ? RunProblems.of(known) : fault();
    }

    static Problem fault() {
        return WireProblems.problem(
                WireProblems.MASTER_FAULT,
                "the master has a fault and did nothing",
                "its own output says more; try again");
    }
}
