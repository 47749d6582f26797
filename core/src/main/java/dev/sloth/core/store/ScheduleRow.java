package dev.sloth.core.store;

import java.time.Instant;

/// A schedule as it is kept.
///
/// @param number tells it from all others that ever were, also of the same name
/// @param definition what it says, encoded
/// @param addedBy who added it
/// @param considered every instant up to this one was decided
/// @param resumedAt instants up to this one fell into a pause; [Instant#MIN] when there was none
/// @param turn counts its changes: who writes names the one they have seen
public record ScheduleRow(
        long number,
        String name,
        String definition,
        String addedBy,
        Instant addedAt,
        Instant considered,
        boolean paused,
        Instant resumedAt,
        long turn) {
    /// Turns are counted from this.
    public static final long FIRST_TURN = 1;
}
