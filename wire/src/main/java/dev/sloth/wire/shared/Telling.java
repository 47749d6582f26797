package dev.sloth.wire.shared;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.Fact;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.wire.proto.DispatchRequest;
import dev.sloth.wire.proto.SharedPart;
import java.util.List;

/// A fact that somebody tells of.
///
/// @param source who says so
public record Telling(Asking asking, Numbered request, String source, Fact fact) {
    /// How long a source may be, in characters.
    private static final int SOURCE_MAX = 1_000;

    /// @throws IllegalArgumentException when the source is none
    public Telling {
        if (source.length() > SOURCE_MAX || source.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a source is a short text");
        }
    }

    /// @throws EventRefusal when its data is not data
    public List<SharedPart> parts() {
        try {
            var data = Values.checked(fact.data(), "the data of the event " + fact.type());
            return SharedParts.of(
                    DispatchRequest.newBuilder()
                            .setAsker(asking.message())
                            .setRequest(request.message())
                            .setSource(source)
                            .setType(fact.type())
                            .setSubject(fact.subject())
                            .setData(data)
                            .build());
        } catch (StateRefusal e) {
            throw new EventRefusal(EventRefusal.Reason.WRONG, String.valueOf(e.getMessage()));
        }
    }

    /// @throws dev.sloth.api.workflow.Problems when it cannot be read
    /// @throws EventRefusal when the fact is none
    public static Telling of(byte[] bytes) {
        return Reading.of(() -> {
            var message = DispatchRequest.parseFrom(bytes);
            return new Telling(
                    Asking.of(message.getAsker()),
                    Numbered.of(message.getRequest()),
                    message.getSource(),
                    new Fact(
                            message.getType(),
                            message.getSubject(),
                            Values.read(message.getData())));
        });
    }
}
