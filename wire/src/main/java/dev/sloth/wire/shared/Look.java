package dev.sloth.wire.shared;

import dev.sloth.wire.proto.WatchRequest;
import java.time.Duration;
import java.util.OptionalLong;

/// A look at what changes.
///
/// @param behind the number of the last change that was seen; empty to begin with
/// @param timeout for how long, when there is none
public record Look(Asking asking, String pattern, OptionalLong behind, Duration timeout) {
    public Look {
        timeout = Waits.bounded(timeout);
    }

    public WatchRequest message() {
        var message =
                WatchRequest.newBuilder()
                        .setAsker(asking.message())
                        .setPattern(pattern)
                        .setWait(Values.span(timeout));
        behind.ifPresent(message::setBehind);
        return message.build();
    }

    /// @throws dev.sloth.api.workflow.Problems when it cannot be read
    public static Look of(WatchRequest message) {
        return Reading.of(() ->
                new Look(
                        Asking.of(message.getAsker()),
                        message.getPattern(),
                        message.hasBehind()
                                ? OptionalLong.of(message.getBehind())
                                : OptionalLong.empty(),
                        Values.read(message.getWait())));
    }
}
