package dev.sloth.cli;

import dev.sloth.cli.config.EventConfig;
import dev.sloth.core.store.event.EventStore;
import java.time.Instant;

/// Forgets events that were told long ago, or that are too many.
final class OldEvents {
    /// How many go at once, so that others can write between them.
    private static final int AT_ONCE = 10_000;

    private OldEvents() {}

    static void forget(EventStore events, EventConfig config, Instant now) {
        var before = now.minus(config.keepAge());
        int gone;
        do {
            gone = events.forget(before, config.keepCount(), AT_ONCE);
        } while (gone == AT_ONCE);
    }
}
