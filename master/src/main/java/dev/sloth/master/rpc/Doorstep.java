package dev.sloth.master.rpc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Streams whose agent has not said hello yet, or not answered the welcome. Safe for use by many
/// threads.
final class Doorstep {
    /// How long an agent may take to say hello and to answer the welcome.
    static final Duration HELLO_MAX = Duration.ofSeconds(10);

    private final InstantSource time;
    private final Map<SessionStream, Instant> since = new ConcurrentHashMap<>();

    Doorstep(InstantSource time) {
        this.time = time;
    }

    void came(SessionStream stream) {
        since.put(stream, time.instant());
    }

    /// Its session has begun, or it is gone.
    void left(SessionStream stream) {
        since.remove(stream);
    }

    /// Sends those away that have been silent for too long.
    void sweep() {
        var late = time.instant().minus(HELLO_MAX);
        for (var each : List.copyOf(since.entrySet())) {
            if (each.getValue().isBefore(late) && since.remove(each.getKey(), each.getValue())) {
                each.getKey().waitedFor();
            }
        }
    }
}
