package dev.sloth.agent.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The files of one attempt, of which the last one grows and the first ones go. What they take is
/// counted in the room of the spool, but for lines: whoever brings one has reserved for it. Not for
/// several threads.
final class AttemptFiles {
    private final Place place;
    private final String id;
    private final long number;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private Optional<GrowingFile> writer = Optional.empty();

    /// Whether the last file has its name already, and still holds what was before.
    private boolean unbegun;

    AttemptFiles(Place place, String id, long number) {
        this.place = place;
        this.id = id;
        this.number = number;
    }

    /// What an agent before us has left.
    AttemptFiles(Place place, String id, long number, Collection<Segment> found, boolean unbegun) {
        this(place, id, number);
        this.segments.addAll(found);
        this.unbegun = unbegun;
    }

    /// What a file says of the attempt besides its lines.
    record Known(long stored, Counts counts, boolean ended) {}

    /// Adds a record at the end.
    ///
    /// @param added the number of the next line
    void append(byte[] record, long added, Known known) throws IOException {
        begin(known);
        if (segments.isEmpty() || (hasLines(added) && bytes() >= place.limits().segmentBytes())) {
            goOnIn(added, known);
        }
        var file = writer();
        last().synced = false;
        file.append(record, record.length);
        last().bytes = file.end();
    }

    /// Adds a record that is no line.
    void note(byte[] record, long added, Known known) throws IOException {
        append(record, added, known);
        place.room().changed(record.length);
        if (known.ended()) {
            closeWriter();
        }
    }

    private GrowingFile writer() throws IOException {
        if (writer.isEmpty()) {
            writer = Optional.of(new GrowingFile(place.disk().open(last().path), last().bytes));
        }
        return writer.get();
    }

    private Segment last() {
        return segments.getLast();
    }

    boolean isEmpty() {
        return segments.isEmpty();
    }

    /// Whether the last file holds lines.
    boolean hasLines(long added) {
        return !segments.isEmpty() && added > last().first;
    }

    /// How long the last file is.
    long bytes() {
        return last().bytes;
    }

    /// The number of the first line that is still here, if any is.
    Optional<Long> first() {
        return Optional.ofNullable(segments.peekFirst()).map(segment -> segment.first);
    }

    /// Adds a file, for the lines from this one on.
    void goOnIn(long first, Known known) throws IOException {
        closeWriter();
        var path = place.folder().resolve(new Segment.Name(number, first).written());
        var handle = place.disk().open(path);
        try {
            var file = new GrowingFile(handle, 0);
            var beginning = beginning(first, known);
            file.append(beginning, beginning.length);
            place.room().changed(file.end());
            segments.addLast(new Segment(path, first, file.end()));
            writer = Optional.of(file);
        } catch (IOException e) {
            handle.close();
            Files.deleteIfExists(path);
            throw e;
        }
        if (known.ended()) {
            closeWriter();
        }
    }

    private byte[] beginning(long first, Known known) {
        return Segment.beginning(
                new Segment.Header(id, first), known.stored(), known.counts(), known.ended());
    }

    /// Has all files but one removed, and that one be for the lines from this one on: the master
    /// has all before. On a disk that is full no other file could be begun. To be followed by
    /// [#begin].
    void keepNone(long first) throws IOException {
        while (segments.size() > 1) {
            removeFirst();
        }
        var path = place.folder().resolve(new Segment.Name(number, first).written());
        place.disk().rename(last().path, path);
        segments.addLast(new Segment(path, first, segments.removeLast().bytes));
        unbegun = true;
    }

    /// Does what is left to be done after [#keepNone], if anything is.
    void begin(Known known) throws IOException {
        if (!unbegun) {
            return;
        }
        var bytes = beginning(last().first, known);
        // No record begins with zeros: those of before are never read as if they came after these.
        writer().startOver(
                        Arrays.copyOf(bytes, bytes.length + LogRecord.HEADER_BYTES), bytes.length);
        unbegun = false;
        place.room().changed(bytes.length - last().bytes);
        last().bytes = bytes.length;
        if (known.ended()) {
            closeWriter();
        }
    }

    void closeWriter() throws IOException {
        var file = writer;
        writer = Optional.empty();
        if (file.isPresent()) {
            file.get().close();
        }
    }

    /// Returns when all files and their names are on the disk.
    void sync() throws IOException {
        if (segments.stream().allMatch(each -> each.synced)) {
            return;
        }
        for (var each : segments) {
            if (!each.synced) {
                try (var file = place.disk().open(each.path)) {
                    file.sync();
                }
            }
        }
        place.disk().sync(place.folder());
        segments.forEach(each -> each.synced = true);
    }

    /// Removes the files that hold only lines below this one.
    void removeBelow(long line) throws IOException {
        while (segments.size() > 1 && second().first <= line) {
            removeFirst();
        }
    }

    private Segment second() {
        var all = segments.iterator();
        all.next();
        return all.next();
    }

    private void removeFirst() throws IOException {
        var first = segments.getFirst();
        Files.deleteIfExists(first.path);
        segments.removeFirst();
        place.room().changed(-first.bytes);
    }

    void removeAll() throws IOException {
        closeWriter();
        while (!segments.isEmpty()) {
            removeFirst();
        }
    }

    /// Reads some of the lines from this one on, all out of one file; if that is damaged there,
    /// lines that say so. Lines that come later are then put into another file.
    List<Line> read(Outgoing outgoing, long line, long added, Known known, int maxBytes)
            throws IOException {
        var segment = segments.getFirst();
        long bound = added;
        for (var each : segments) {
            if (each.first > line) {
                bound = each.first;
                break;
            }
            segment = each;
        }
        try (var file = place.disk().open(segment.path)) {
            var lines = outgoing.read(file, segment, line, bound, maxBytes);
            if (!lines.isEmpty()) {
                return lines;
            }
        }
        if (segment == last() && hasLines(added)) {
            goOnIn(added, known);
        }
        return outgoing.lost(segment, line, bound, maxBytes);
    }
}
