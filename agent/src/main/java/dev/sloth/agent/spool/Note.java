package dev.sloth.agent.spool;

import java.time.Instant;

/// One thing that a journal says.
///
/// @param at in whole microseconds
/// @param content the order, or the result; empty for what has none
record Note(Kind kind, Instant at, String id, Span content) {
    /// Written as their number in this order: only ever add at the end.
    enum Kind {
        ACCEPTED,
        FINISHED,
        ACKNOWLEDGED
    }

    /// The same with its content so much further on.
    Note shifted(long by) {
        return new Note(kind, at, id, content.shifted(by));
    }
}
