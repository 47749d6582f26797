package dev.sloth.agent.spool;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes a journal anew that holds what is needed and no more.
final class Compaction {
    private static final byte[] NOTHING = {};

    private final JournalFile from;
    private final JournalFile to;
    private final List<Entry> moved = new ArrayList<>();
    private Frame frame = new Frame();

    /// What is in the frame, with places counted from its beginning.
    private final List<Entry> framed = new ArrayList<>();

    private Compaction(JournalFile from, JournalFile to) {
        this.from = from;
        this.to = to;
    }

    /// Returns when the new file is on the disk.
    ///
    /// @return the entries with their places in the new file
    static List<Entry> write(Entries entries, JournalFile from, JournalFile to) throws IOException {
        var compaction = new Compaction(from, to);
        for (var entry : entries.all()) {
            compaction.add(entry);
        }
        for (var each : entries.acknowledged().entrySet()) {
            compaction.note(Note.Kind.ACKNOWLEDGED, each.getValue(), each.getKey(), NOTHING);
        }
        compaction.flush();
        to.sync();
        return compaction.moved;
    }

    private void add(Entry entry) throws IOException {
        var order = entry.isOpen() ? from.read(entry.order()) : NOTHING;
        var accepted = note(Note.Kind.ACCEPTED, entry.acceptedAt(), entry.id(), order);
        Optional<Span> result = Optional.empty();
        if (entry.result().isPresent()) {
            var content = from.read(entry.result().get());
            var finished = frame.add(Note.Kind.FINISHED, entry.acceptedAt(), entry.id(), content);
            result = Optional.of(finished.content());
        }
        framed.add(
                new Entry(
                        entry.id(),
                        entry.acceptedAt(),
                        accepted.content(),
                        result,
                        entry.acknowledgedAt()));
    }

    private Note note(Note.Kind kind, Instant at, String id, byte[] content) throws IOException {
        if (frame.length() >= WorkJournal.FRAME_BYTES) {
            flush();
        }
        return frame.add(kind, at, id, content);
    }

    private void flush() throws IOException {
        if (frame.isEmpty()) {
            return;
        }
        long start = to.append(frame);
        framed.forEach(entry -> moved.add(entry.shifted(start)));
        framed.clear();
        frame = new Frame();
    }
}
