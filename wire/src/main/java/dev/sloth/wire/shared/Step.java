package dev.sloth.wire.shared;

import dev.sloth.api.state.StateCommand;
import dev.sloth.wire.proto.Commit;
import dev.sloth.wire.proto.Holds;
import dev.sloth.wire.proto.SharedPart;
import dev.sloth.wire.proto.TransactionBegin;
import dev.sloth.wire.proto.TransactionStep;
import java.util.List;

/// A part of a transaction.
public sealed interface Step {
    /// The first one.
    record Begin(Asking asking, Numbered request) implements Step {}

    record Do(StateCommand command) implements Step {}

    /// Asks whether all answers are still what they would be now.
    record Check() implements Step {}

    /// The last one.
    record Finish() implements Step {}

    /// @throws dev.sloth.api.state.StateRefusal when a value of it is not data
    default List<SharedPart> parts() {
        var message = TransactionStep.newBuilder();
        var _ =
                switch (this) {
                    case Begin(var asking, var request) ->
                            message.setBegin(
                                    TransactionBegin.newBuilder()
                                            .setAsker(asking.message())
                                            .setRequest(request.message()));
                    case Do(var command) -> message.setAsk(CommandMessages.of(command));
                    case Check _ -> message.setHolds(Holds.getDefaultInstance());
                    case Finish _ -> message.setCommit(Commit.getDefaultInstance());
                };
        return SharedParts.of(message.build());
    }

    /// @throws dev.sloth.api.workflow.Problems when it cannot be read
    static Step of(byte[] bytes) {
        return Reading.of(() -> {
            var message = TransactionStep.parseFrom(bytes);
            return switch (message.getStepCase()) {
                case BEGIN ->
                        new Begin(
                                Asking.of(message.getBegin().getAsker()),
                                Numbered.of(message.getBegin().getRequest()));
                case ASK -> new Do(CommandReading.of(message.getAsk()));
                case HOLDS -> new Check();
                case COMMIT -> new Finish();
                case STEP_NOT_SET ->
                        throw new IllegalArgumentException("a transaction has no such step");
            };
        });
    }
}
