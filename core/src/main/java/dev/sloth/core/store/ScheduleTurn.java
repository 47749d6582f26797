package dev.sloth.core.store;

import java.time.Instant;
import java.util.List;

/// What one look at a schedule changes, kept whole or not at all.
///
/// @param considered every instant up to this one is decided now
/// @param fires what becomes of those that were not
/// @param moves what becomes of fires that are open
/// @param at when this was decided
public record ScheduleTurn(Instant considered, List<Planned> fires, List<Move> moves, Instant at) {
    public ScheduleTurn {
        fires = List.copyOf(fires);
        moves = List.copyOf(moves);
    }

    /// A fire to be noted; see [FireRow].
    public record Planned(Instant at, Instant last, long count, FireStatus status, String why) {
        public static Planned one(Instant at, FireStatus status, String why) {
            return new Planned(at, at, 1, status, why);
        }
    }

    /// A fire that goes from one status to another. When it has left the first one meanwhile, or
    /// has changed hands, the whole turn does not happen.
    public record Move(long fire, FireStatus from, long epoch, FireStatus to, String why) {}
}
