package dev.sloth.core.store.state;

import java.time.Instant;

/// How much of a namespace is used.
///
/// @param expired how many entries were removed because their time was up
/// @param changedAt [Instant#EPOCH] when nothing ever was
public record StateUsage(long keys, long bytes, long expired, Instant changedAt) {
    public static final StateUsage NOTHING = new StateUsage(0, 0, 0, Instant.EPOCH);
}
