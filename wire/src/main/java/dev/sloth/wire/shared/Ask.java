package dev.sloth.wire.shared;

import dev.sloth.api.state.StateCommand;
import dev.sloth.wire.proto.AskRequest;
import dev.sloth.wire.proto.SharedPart;
import java.util.List;
import java.util.Optional;

/// One command for shared state.
///
/// @param request of a change; a question has none
public record Ask(Asking asking, Optional<Numbered> request, StateCommand command) {
    /// @throws IllegalArgumentException when a change has no number
    public Ask {
        if (command instanceof StateCommand.Act && request.isEmpty()) {
            throw new IllegalArgumentException("a change has a number");
        }
    }

    /// @throws dev.sloth.api.state.StateRefusal when a value of it is not data
    public List<SharedPart> parts() {
        var message =
                AskRequest.newBuilder()
                        .setAsker(asking.message())
                        .setCommand(CommandMessages.of(command));
        request.ifPresent(numbered -> message.setRequest(numbered.message()));
        return SharedParts.of(message.build());
    }

    /// @throws dev.sloth.api.workflow.Problems when it cannot be read
    public static Ask of(byte[] bytes) {
        return Reading.of(() -> {
            var message = AskRequest.parseFrom(bytes);
            return new Ask(
                    Asking.of(message.getAsker()),
                    message.hasRequest()
                            ? Optional.of(Numbered.of(message.getRequest()))
                            : Optional.empty(),
                    CommandReading.of(message.getCommand()));
        });
    }
}
