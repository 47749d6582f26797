package dev.sloth.wire.shared;

import dev.sloth.wire.proto.SettleRequest;
import dev.sloth.wire.proto.TermsAnswer;
import dev.sloth.wire.proto.TermsRequest;
import java.time.Duration;

/// A question for what became of a change; one that was not done never will be.
public record Settling(Asking asking, Numbered request) {
    public SettleRequest message() {
        return SettleRequest.newBuilder()
                .setAsker(asking.message())
                .setRequest(request.message())
                .build();
    }

    /// @throws dev.sloth.api.workflow.Problems when it cannot be read
    public static Settling of(SettleRequest message) {
        return Reading.of(() ->
                new Settling(Asking.of(message.getAsker()), Numbered.of(message.getRequest())));
    }

    /// A question for what holds for all, in the same name.
    public static TermsRequest terms(Asking asking) {
        return TermsRequest.newBuilder().setAsker(asking.message()).build();
    }

    /// @throws dev.sloth.api.workflow.Problems when it cannot be read
    public static Asking of(TermsRequest message) {
        return Reading.of(() -> Asking.of(message.getAsker()));
    }

    public static TermsAnswer terms(Duration transactionMax) {
        return TermsAnswer.newBuilder().setTransactionMax(Values.span(transactionMax)).build();
    }

    /// How long a transaction may take.
    public static Duration transactionMax(TermsAnswer message) {
        return Reading.of(() -> Values.read(message.getTransactionMax()));
    }
}
