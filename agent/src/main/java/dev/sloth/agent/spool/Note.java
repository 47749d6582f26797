package dev.sloth.agent.spool;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// One thing that a journal says.
///
/// @param at in whole microseconds
/// @param content the order, or the result; empty for what has none
record Note(Kind kind, Instant at, String id, Span content) {
    enum Kind {
        ACCEPTED((byte) 0),
        FINISHED((byte) 1),
        ACKNOWLEDGED((byte) 2);

        /// What stands for it in a file.
        final byte written;

        Kind(byte written) {
            this.written = written;
        }

        static Optional<Kind> of(byte written) {
            return Arrays.stream(values()).filter(kind -> kind.written == written).findFirst();
        }
    }

    /// The same with its content so much further on.
    Note shifted(long by) {
        return new Note(kind, at, id, content.shifted(by));
    }
}
