package dev.sloth.agent.spool;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/// Something that is to be noted in a journal, and what became of that.
final class Ask {
    final Note.Kind kind;
    final Instant at;
    final String id;
    final byte[] content;

    /// Guarded by the lock of the journal.
    Optional<Answer> answer = Optional.empty();

    Ask(Note.Kind kind, Instant at, String id, byte[] content) {
        this.kind = kind;
        this.at = at;
        this.id = id;
        this.content = content;
    }

    sealed interface Answer {
        /// It is on the disk.
        record Written() implements Answer {}

        /// The same was there before, on the disk.
        record Before() implements Answer {}

        /// There is no order of this id.
        record NoSuch() implements Answer {}

        record NoRoom(Accepting.Full full) implements Answer {}

        /// It is not there.
        record Failed(IOException why) implements Answer {}
    }

    void answer(Answer given) {
        answer = Optional.of(given);
    }
}
