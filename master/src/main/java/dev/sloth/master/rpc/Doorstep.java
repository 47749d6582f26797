package dev.sloth.master.rpc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Streams whose agent has not said hello yet, not answered the welcome, or not said whether it is
/// still there. Safe for use by many threads.
final class Doorstep {
    /// How long an agent may take to say hello, to answer the welcome, and to say that it is there.
    static final Duration HELLO_MAX = Duration.ofSeconds(10);

    private final InstantSource time;
    private final Map<SessionStream, Instant> since = new ConcurrentHashMap<>();

    Doorstep(InstantSource time) {
        this.time = time;
    }

    /// Something is waited for from now on.
    void came(SessionStream stream) {
        since.put(stream, time.instant());
    }

    /// What was waited for has come, or it is gone.
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
