package dev.sloth.wire.shared;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.state.Answer;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.proto.DispatchOutcome;
import dev.sloth.wire.proto.DispatchRefusal;
import dev.sloth.wire.proto.InTurn;
import dev.sloth.wire.proto.LockNews;
import dev.sloth.wire.proto.SharedAnswer;
import dev.sloth.wire.proto.SharedOutcome;
import dev.sloth.wire.proto.SharedPart;
import dev.sloth.wire.proto.SharedRefusal;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/// What comes back: an answer or a refusal.
public final class Outcomes {
    private Outcomes() {}

    /// What came of asking; a refusal is an outcome too.
    public static SharedOutcome of(Supplier<Answer> ask) {
        try {
            return of(ask.get());
        } catch (StateRefusal e) {
            return of(e);
        }
    }

    public static SharedOutcome of(Answer answer) {
        return SharedOutcome.newBuilder()
                .setAnswer(
                        SharedAnswer.newBuilder()
                                .setDone(answer.done())
                                .setValue(Values.bytes(answer.value())))
                .build();
    }

    public static SharedOutcome of(StateRefusal refusal) {
        return SharedOutcome.newBuilder().setRefusal(message(refusal)).build();
    }

    static SharedRefusal message(StateRefusal refusal) {
        return SharedRefusal.newBuilder()
                .setReason(reason(refusal.reason()))
                .setMessage(String.valueOf(refusal.getMessage()))
                .build();
    }

    private static SharedRefusal.Reason reason(StateRefusal.Reason reason) {
        return switch (reason) {
            case WRONG -> SharedRefusal.Reason.REASON_WRONG;
            case TYPE -> SharedRefusal.Reason.REASON_TYPE;
            case QUOTA -> SharedRefusal.Reason.REASON_QUOTA;
            case STALE -> SharedRefusal.Reason.REASON_STALE;
            case HELD -> SharedRefusal.Reason.REASON_HELD;
            case FORGOTTEN -> SharedRefusal.Reason.REASON_FORGOTTEN;
            case CONFLICT -> SharedRefusal.Reason.REASON_CONFLICT;
            case AWAY -> SharedRefusal.Reason.REASON_NONE;
        };
    }

    public static List<SharedPart> parts(SharedOutcome outcome) {
        return SharedParts.of(outcome);
    }

    /// @throws StateRefusal when it was refused
    /// @throws dev.sloth.api.workflow.Problems when it cannot be read
    public static Answer read(byte[] bytes) {
        return read(Reading.of(() -> SharedOutcome.parseFrom(bytes)));
    }

    /// As above.
    ///
    /// @param cost is told what the answer's value takes, before it is read
    public static Answer read(byte[] bytes, LongConsumer cost) {
        var outcome = Reading.of(() -> SharedOutcome.parseFrom(bytes));
        cost.accept(Values.memory(outcome.getAnswer().getValue()));
        return read(outcome);
    }

    /// As above.
    public static Answer read(SharedOutcome outcome) {
        return switch (outcome.getOutcomeCase()) {
            case ANSWER ->
                    Reading.of(() ->
                            new Answer(
                                    outcome.getAnswer().getDone(),
                                    Values.read(outcome.getAnswer().getValue())));
            case REFUSAL -> throw refusal(outcome.getRefusal());
            case OUTCOME_NOT_SET -> throw WireProblems.unreadable("it is no answer");
        };
    }

    static StateRefusal refusal(SharedRefusal refusal) {
        return new StateRefusal(
                switch (refusal.getReason()) {
                    case REASON_TYPE -> StateRefusal.Reason.TYPE;
                    case REASON_QUOTA -> StateRefusal.Reason.QUOTA;
                    case REASON_STALE -> StateRefusal.Reason.STALE;
                    case REASON_HELD -> StateRefusal.Reason.HELD;
                    case REASON_FORGOTTEN -> StateRefusal.Reason.FORGOTTEN;
                    case REASON_CONFLICT -> StateRefusal.Reason.CONFLICT;
                    case REASON_WRONG, REASON_NONE, UNRECOGNIZED -> StateRefusal.Reason.WRONG;
                },
                refusal.getMessage());
    }

    // ---- locks

    /// What those are told at once who wait.
    public static LockNews waiting() {
        return LockNews.newBuilder().setWaiting(InTurn.getDefaultInstance()).build();
    }

    public static LockNews last(SharedOutcome outcome) {
        return LockNews.newBuilder().setOutcome(outcome).build();
    }

    /// The answer, when this is the last that is said.
    ///
    /// @throws StateRefusal when it was refused
    public static Optional<Answer> answer(LockNews news) {
        return news.hasOutcome() ? Optional.of(read(news.getOutcome())) : Optional.empty();
    }

    // ---- events

    /// What came of telling; a refusal is an outcome too.
    ///
    /// @param tell gives the event's id
    public static DispatchOutcome told(Supplier<String> tell) {
        try {
            return DispatchOutcome.newBuilder().setEvent(tell.get()).build();
        } catch (EventRefusal e) {
            return DispatchOutcome.newBuilder()
                    .setRefusal(
                            DispatchRefusal.newBuilder()
                                    .setReason(reason(e.reason()))
                                    .setMessage(String.valueOf(e.getMessage())))
                    .build();
        }
    }

    private static DispatchRefusal.Reason reason(EventRefusal.Reason reason) {
        return switch (reason) {
            case WRONG -> DispatchRefusal.Reason.REASON_WRONG;
            case LARGE -> DispatchRefusal.Reason.REASON_LARGE;
            case CHAIN -> DispatchRefusal.Reason.REASON_CHAIN;
            case QUOTA -> DispatchRefusal.Reason.REASON_QUOTA;
            case MISSING, TAKEN, UNFIT, AWAY -> DispatchRefusal.Reason.REASON_NONE;
        };
    }

    /// The event's id.
    ///
    /// @throws EventRefusal when it was refused
    public static String event(DispatchOutcome outcome) {
        return switch (outcome.getOutcomeCase()) {
            case EVENT -> outcome.getEvent();
            case REFUSAL ->
                    throw new EventRefusal(
                            switch (outcome.getRefusal().getReason()) {
                                case REASON_LARGE -> EventRefusal.Reason.LARGE;
                                case REASON_CHAIN -> EventRefusal.Reason.CHAIN;
                                case REASON_QUOTA -> EventRefusal.Reason.QUOTA;
                                case REASON_WRONG, REASON_NONE, UNRECOGNIZED ->
                                        EventRefusal.Reason.WRONG;
                            },
                            outcome.getRefusal().getMessage());
            case OUTCOME_NOT_SET -> throw WireProblems.unreadable("it is no answer");
        };
    }
}
