package dev.sloth.master.rpc;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.SharedState.Transaction;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.proto.SharedOutcome;
import dev.sloth.wire.proto.SharedPart;
import dev.sloth.wire.shared.Asking;
import dev.sloth.wire.shared.Outcomes;
import dev.sloth.wire.shared.Step;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// One transaction of an agent. Nothing of it is done before its last step has come; one that takes
/// too long is broken off.
final class TransactionStream implements Consumer<byte[]> {
    /// How much longer than it may take its call is held, for what is on its way.
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final SharedCalls calls;
    private final Gathering<SharedPart> call;
    private Optional<Begun> begun = Optional.empty();

    TransactionStream(SharedCalls calls, Gathering<SharedPart> call) {
        this.calls = calls;
        this.call = call;
    }

    private record Begun(Asking asking, Transaction transaction) {}

    @Override
    public void accept(byte[] message) {
        switch (Step.of(message)) {
            case Step.Begin begin when begun.isEmpty() -> begin(begin);
            case Step.Begin _ -> throw outOfOrder();
            case Step.Do(var command) ->
                    reply(() -> underWay().transaction().ask(command, call.untaken()));
            case Step.Check _ -> reply(() -> Answer.of(underWay().transaction().holds()));
            case Step.Finish _ -> finish(underWay());
        }
    }

    private static RuntimeException outOfOrder() {
        return WireProblems.unreadable("the steps of a transaction come in another order");
    }

    private Begun underWay() {
        return begun.orElseThrow(TransactionStream::outOfOrder);
    }

    private void begin(Step.Begin begin) {
        var acting = calls.acting(begin.asking());
        var state = calls.state(acting);
        var transaction =
                state.begin(
                        SharedCalls.request(begin.asking(), begin.request()),
                        acting.because(begin.asking().causes()));
        begun = Optional.of(new Begun(begin.asking(), transaction));
        call.endWithin(state.transactionMax().plus(GRACE));
    }

    private void reply(Supplier<Answer> ask) {
        reply(Outcomes.of(ask));
    }

    private void reply(SharedOutcome outcome) {
        Outcomes.parts(outcome).forEach(call::say);
    }

    /// The order may be over by now: then nothing is done.
    private void finish(Begun whole) {
        var _ = calls.acting(whole.asking());
        reply(() -> Answer.of(whole.transaction().commit()));
        call.finish();
    }
}
