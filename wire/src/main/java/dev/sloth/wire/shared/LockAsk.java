package dev.sloth.wire.shared;

import dev.sloth.api.state.StateCommand;
import dev.sloth.wire.proto.LockRequest;
import java.time.Duration;

/// A lock that somebody waits for.
///
/// @param timeout how long at most
public record LockAsk(Asking asking, Numbered request, StateCommand.Lock lock, Duration timeout) {
    public LockAsk {
        timeout = Waits.bounded(timeout);
    }

    public LockRequest message() {
        return LockRequest.newBuilder()
                .setAsker(asking.message())
                .setRequest(request.message())
                .setLock(CommandMessages.of(lock))
                .setTimeout(Values.span(timeout))
                .build();
    }

    /// @throws dev.sloth.api.workflow.Problems when it cannot be read
    public static LockAsk of(LockRequest message) {
        return Reading.of(() ->
                new LockAsk(
                        Asking.of(message.getAsker()),
                        Numbered.of(message.getRequest()),
                        CommandReading.of(message.getLock()),
                        Values.read(message.getTimeout())));
    }
}
