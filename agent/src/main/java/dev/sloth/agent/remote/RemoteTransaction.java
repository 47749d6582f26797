package dev.sloth.agent.remote;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.SharedState.Transaction;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.state.StateRefusal.Reason;
import dev.sloth.api.value.Allowance;
import dev.sloth.wire.Protocol;
import dev.sloth.wire.proto.SharedPart;
import dev.sloth.wire.shared.Asking;
import dev.sloth.wire.shared.Numbered;
import dev.sloth.wire.shared.Outcomes;
import dev.sloth.wire.shared.Step;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A transaction that the master holds for as long as its call goes on. One whose call breaks is
/// lost, as if others had changed what it has seen: it is to be done anew. Only of the last step
/// nobody knows then whether it was done, so that is asked for.
final class RemoteTransaction implements Transaction {
    private final Shared shared;
    private final RemoteState state;
    private final Asking asking;
    private final Numbered request;
    private Optional<Call> call = Optional.empty();
    private boolean lost;

    RemoteTransaction(Shared shared, RemoteState state, Asking asking) {
        this.shared = shared;
        this.state = state;
        this.asking = asking;
        this.request = shared.changes().next();
    }

    /// @param end when the master breaks it off
    private record Call(
            BlockingClientCall<SharedPart, SharedPart> steps, Incoming answers, Deadline end) {
        Answer step(List<SharedPart> step, Allowance allowance)
                throws StatusException, TimeoutException, InterruptedException {
            Incoming.send(steps, step, end.left());
            return answer(end.left(), allowance);
        }

        Answer answer(Duration within, Allowance allowance)
                throws StatusException, TimeoutException, InterruptedException {
            return Outcomes.read(answers.next(within, allowance), Incoming.paying(allowance));
        }
    }

    @Override
    public Answer ask(StateCommand command, Allowance allowance) {
        if (lost) {
            throw conflict();
        }
        var step = new Step.Do(command).parts();
        try {
            var answer =
                    call.isEmpty()
                            ? Optional.of(first(step, allowance))
                            : tried(call.get(), step, allowance);
            return answer.orElseThrow(RemoteTransaction::conflict);
        } catch (StateRefusal e) {
            if (e.reason() == Reason.CONFLICT) {
                lose();
            }
            throw e;
        }
    }

    private static StateRefusal conflict() {
        return new StateRefusal(
                Reason.CONFLICT, "the connection broke in a transaction: nothing of it was done");
    }

    /// Nothing was seen before: it can be begun again.
    private Answer first(List<SharedPart> step, Allowance allowance) {
        var begin = new Step.Begin(asking, request).parts();
        var most = state.transactionMax().plus(Protocol.CALL_MAX);
        return shared.asked(patience -> {
            var opened = opened(most);
            boolean begun = false;
            try {
                Incoming.send(opened.steps(), begin, patience.left());
                Incoming.send(opened.steps(), step, patience.left());
                byte[] outcome = opened.answers().next(patience.left(), allowance);
                call = Optional.of(opened);
                begun = true;
                return Outcomes.read(outcome, Incoming.paying(allowance));
            } finally {
                if (!begun) {
                    opened.answers().close();
                }
            }
        });
    }

    private Call opened(Duration most) {
        var steps =
                shared.lines()
                        .quick()
                        .withDeadlineAfter(most.toNanos(), TimeUnit.NANOSECONDS)
                        .transaction();
        var answers = new Incoming(steps, shared.limits().answerMax());
        return new Call(steps, answers, Deadline.within(most));
    }

    /// Empty when the call broke.
    private Optional<Answer> tried(Call open, List<SharedPart> step, Allowance allowance) {
        try {
            return Optional.of(open.step(step, allowance));
        } catch (StatusException e) {
            var _ = shared.tries().broken(e);
        } catch (TimeoutException _) {
            // As a call that broke.
        } catch (InterruptedException _) {
            lose();
            Thread.currentThread().interrupt();
            throw Shared.interrupted();
        }
        lose();
        return Optional.empty();
    }

    private void lose() {
        lost = true;
        close();
    }

    @Override
    public boolean holds() {
        if (lost || call.isEmpty()) {
            return !lost;
        }
        return tried(call.get(), new Step.Check().parts(), Allowance.FREE)
                .filter(Answer::done)
                .isPresent();
    }

    @Override
    public boolean commit() {
        if (lost || call.isEmpty()) {
            return !lost;
        }
        var answer = tried(call.get(), new Step.Finish().parts(), Allowance.FREE);
        close();
        return answer.orElseGet(() -> state.settled(request)).done();
    }

    @Override
    public void close() {
        call.ifPresent(open -> open.answers().close());
    }
}
