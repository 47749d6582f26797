package dev.sloth.wire.shared;

import dev.sloth.api.state.StateChange;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.wire.proto.InTurn;
import dev.sloth.wire.proto.SharedChange;
import dev.sloth.wire.proto.SharedPart;
import dev.sloth.wire.proto.WatchNews;
import java.util.List;

/// What a look at changes sees, one after the other.
public sealed interface Seen {
    /// Said at once: the look has begun.
    record Begun() implements Seen {}

    record Changed(StateChange change) implements Seen {}

    /// The last: all up to this number was seen.
    record UpTo(long number) implements Seen {}

    default List<SharedPart> parts() {
        var news = WatchNews.newBuilder();
        var _ =
                switch (this) {
                    case Begun _ -> news.setWaiting(InTurn.getDefaultInstance());
                    case Changed(var change) -> news.setChange(message(change));
                    case UpTo(long number) -> news.setBehind(number);
                };
        return SharedParts.of(news.build());
    }

    /// A look that was refused.
    static List<SharedPart> refused(StateRefusal refusal) {
        return SharedParts.of(WatchNews.newBuilder().setRefusal(Outcomes.message(refusal)).build());
    }

    private static SharedChange message(StateChange change) {
        return SharedChange.newBuilder()
                .setNumber(change.number())
                .setKey(change.key())
                .setPlace(Values.bytes(change.place()))
                .setOld(Values.bytes(change.old()))
                .setNow(Values.bytes(change.now()))
                .setAt(Values.moment(change.at()))
                .setExpired(change.expired())
                .addAllCauses(change.causes())
                .build();
    }

    /// @throws StateRefusal when it was refused
    /// @throws dev.sloth.api.workflow.Problems when it cannot be read
    static Seen of(byte[] bytes) {
        return Reading.of(() -> {
            var news = WatchNews.parseFrom(bytes);
            return switch (news.getNewsCase()) {
                case WAITING -> new Begun();
                case CHANGE -> new Changed(read(news.getChange()));
                case BEHIND -> new UpTo(news.getBehind());
                case REFUSAL -> throw Outcomes.refusal(news.getRefusal());
                case NEWS_NOT_SET -> throw new IllegalArgumentException("it is no news");
            };
        });
    }

    private static StateChange read(SharedChange change) {
        return new StateChange(
                change.getNumber(),
                change.getKey(),
                Values.read(change.getPlace()),
                Values.read(change.getOld()),
                Values.read(change.getNow()),
                Values.read(change.getAt()),
                change.getExpired(),
                change.getCausesList());
    }
}
