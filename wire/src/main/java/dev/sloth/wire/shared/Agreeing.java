package dev.sloth.wire.shared;

import dev.sloth.wire.WatcherSight;
import dev.sloth.wire.proto.AgreeRequest;
import dev.sloth.wire.proto.SharedPart;
import java.util.List;

/// The question whether an agent may watch something from now on.
public record Agreeing(Asking asking, WatcherSight watcher) {
    /// @throws IllegalArgumentException when the watcher is too large
    public Agreeing {
        if (watcher.size() > WatcherSight.BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a watcher takes at most %d bytes".formatted(WatcherSight.BYTES_MAX));
        }
    }

    public List<SharedPart> parts() {
        return SharedParts.of(
                AgreeRequest.newBuilder()
                        .setAsker(asking.message())
                        .setWatcher(watcher.message())
                        .build());
    }

    /// @throws dev.sloth.api.workflow.Problems when it cannot be read
    public static Agreeing of(byte[] bytes) {
        return Reading.of(() -> {
            var message = AgreeRequest.parseFrom(bytes);
            return new Agreeing(
                    Asking.of(message.getAsker()), WatcherSight.of(message.getWatcher()));
        });
    }
}
