package dev.sloth.wire.shared;

import dev.sloth.api.event.Watcher;
import dev.sloth.wire.WatcherSight;
import java.time.Instant;
import java.util.Locale;

/// Watchers as they travel, and back.
public final class Sights {
    private Sights() {}

    /// @param by who asks for it
    public static WatcherSight of(Watcher watcher, String by, Instant addedAt) {
        return new WatcherSight(
                watcher.name(),
                watcher.kind().word(),
                watcher.target(),
                watcher.when(),
                watcher.interval(),
                watcher.options(),
                by,
                addedAt);
    }

    /// @throws IllegalArgumentException when there is no such kind
    /// @throws dev.sloth.api.event.EventRefusal when something else of it is wrong
    public static Watcher watcher(WatcherSight sight) {
        return new Watcher(
                sight.name(),
                Watcher.Kind.valueOf(sight.kind().toUpperCase(Locale.ROOT)),
                sight.target(),
                sight.when(),
                sight.interval(),
                sight.options());
    }
}
