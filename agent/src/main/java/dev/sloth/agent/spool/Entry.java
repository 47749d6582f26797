package dev.sloth.agent.spool;

import java.time.Instant;
import java.util.Optional;

/// What a journal knows of one order, and where in its file the rest is.
record Entry(
        String id,
        Instant acceptedAt,
        Span order,
        Optional<Span> result,
        Optional<Instant> acknowledgedAt) {
    static Entry accepted(Note note) {
        return new Entry(note.id(), note.at(), note.content(), Optional.empty(), Optional.empty());
    }

    Entry finished(Span content) {
        return new Entry(id, acceptedAt, order, Optional.of(content), acknowledgedAt);
    }

    Entry acknowledged(Instant at) {
        return new Entry(id, acceptedAt, order, result, Optional.of(at));
    }

    /// The same with what it points at so much further on.
    Entry shifted(long by) {
        return new Entry(
                id,
                acceptedAt,
                order.shifted(by),
                result.map(span -> span.shifted(by)),
                acknowledgedAt);
    }

    boolean isOpen() {
        return acknowledgedAt.isEmpty();
    }

    /// How much of a journal it takes that holds no more than is needed. The order of what is
    /// acknowledged is not.
    long bytes() {
        return Frame.bytes(id, isOpen() ? order.length() : 0)
                + result.map(span -> Frame.bytes(id, span.length())).orElse(0L)
                + (isOpen() ? 0 : Frame.bytes(id, 0));
    }
}
