package dev.sloth.api.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A hook as it is kept: code in a file that reacts to events.
///
/// @param types patterns of the types that it reacts to; none means all
/// @param condition a Lua expression over `event`; empty when there is none
/// @param enabled whether it is told of anything
/// @param timeout how long one call may take
/// @param attempts how often one delivery is tried at most
/// @param owed how its deliveries stand
public record Hook(
        String name,
        String file,
        List<String> types,
        String condition,
        String description,
        boolean enabled,
        Duration timeout,
        int attempts,
        Instant addedAt,
        Owed owed) {
    public Hook {
        types = List.copyOf(types);
    }

    /// How many deliveries stand how.
    public record Owed(int pending, int done, int dead) {}
}
