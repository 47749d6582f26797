package dev.sloth.core.store.state;

import java.time.Instant;

/// A lock, held or not.
///
/// @param token that was given last
/// @param until when it is held unless renewed; [Instant#MIN] when it was given back
public record StateLock(
        String space, String name, String holder, long token, Instant since, Instant until) {
    public boolean heldAt(Instant time) {
        return until.isAfter(time);
    }
}
