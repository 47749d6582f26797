package dev.sloth.agent.spool;

import java.time.Instant;

/// One thing that a journal says.
///
/// @param at in whole microseconds
/// @param content the order, or the result; empty for what has none
record Note(Kind kind, Instant at, String id, Span content) {
    /// What it says, with the byte that stands for it.
    enum Kind {
        ACCEPTED(0),
        FINISHED(1),
        ACKNOWLEDGED(2);

        final byte written;

        Kind(int written) {
            this.written = (byte) written;
        }
    }

    /// The same with its content so much further on.
    Note shifted(long by) {
        return new Note(kind, at, id, content.shifted(by));
    }
}
