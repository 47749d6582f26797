package dev.sloth.wire.shared;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.Fact;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.wire.proto.SeenRequest;
import dev.sloth.wire.proto.SharedPart;
import java.time.Instant;
import java.util.List;

/// What a watcher of an agent saw.
///
/// @param request tells it from all others of the agent
/// @param watcher its name
/// @param at when, by the agent's clock
public record SeenFact(Numbered request, String watcher, Instant at, Fact fact) {
    private static final int NAME_MAX = 200;

    /// @throws IllegalArgumentException when the watcher cannot be called so
    public SeenFact {
        if (watcher.isEmpty()
                || watcher.length() > NAME_MAX
                || watcher.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a watcher's name is a short text");
        }
    }

    private SeenRequest message() {
        try {
            return SeenRequest.newBuilder()
                    .setRequest(request.message())
                    .setWatcher(watcher)
                    .setAt(Values.moment(at))
                    .setType(fact.type())
                    .setSubject(fact.subject())
                    .setData(Values.checked(fact.data(), "the data of the event " + fact.type()))
                    .build();
        } catch (StateRefusal e) {
            throw new EventRefusal(EventRefusal.Reason.WRONG, String.valueOf(e.getMessage()));
        }
    }

    /// @throws EventRefusal when its data is not data
    public List<SharedPart> parts() {
        return SharedParts.of(message());
    }

    /// As it is kept.
    ///
    /// @throws EventRefusal when its data is not data
    public byte[] bytes() {
        return message().toByteArray();
    }

    /// @throws dev.sloth.api.workflow.Problems when it cannot be read
    /// @throws EventRefusal when the fact is none
    public static SeenFact of(byte[] bytes) {
        return Reading.of(() -> {
            var message = SeenRequest.parseFrom(bytes);
            return new SeenFact(
                    Numbered.of(message.getRequest()),
                    message.getWatcher(),
                    Values.read(message.getAt()),
                    new Fact(
                            message.getType(),
                            message.getSubject(),
                            Values.read(message.getData())));
        });
    }
}
