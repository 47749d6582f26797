package dev.sloth.agent.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/// The lines of one attempt, in files of which the last one grows and the first ones go. For any
/// number of threads.
final class AttemptLog {
    private static final System.Logger LOG = System.getLogger(LogSpool.class.getName());
    private static final String LOST =
            "this line was damaged on the disk of the agent, and is lost";

    private final Place place;
    private final String id;
    private final long number;

    private final ReentrantLock lock = new ReentrantLock();
    private final Counts counts;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private Optional<GrowingFile> writer = Optional.empty();
    private Optional<Cursor> cursor = Optional.empty();
    private long added;
    private long stored;
    private long sent;
    private boolean ended;
    private boolean endSent;
    private boolean queued;

    /// Whether the last file has its name already, and still holds what was before.
    private boolean unbegun;

    /// Whether this was removed or closed: then it does nothing any more.
    private boolean gone;

    /// What all attempts of a spool share.
    record Place(
            Disk disk, Path folder, SpoolLimits limits, Room room, Turns turns, Trouble trouble) {}

    /// Where the record of a line begins, or something that is not whole.
    private record Cursor(long line, Segment segment, long offset) {}

    AttemptLog(Place place, String id, long number) {
        this(place, id, number, new Counts());
    }

    private AttemptLog(Place place, String id, long number, Counts counts) {
        this.counts = counts;
        this.place = place;
        this.id = id;
        this.number = number;
    }

    /// An attempt that left files behind, the last of which was looked through.
    AttemptLog(Place place, long number, Found found) {
        this(place, found.id(), number, found.counts());
        segments.addAll(found.segments());
        added = found.lines();
        unbegun = found.unbegun();
        stored = found.stored();
        ended = found.ended();
        sent = stored;
    }

    /// What the files of an attempt come to.
    ///
    /// @param unbegun whether the last one was about to be started over
    record Found(
            String id,
            List<Segment> segments,
            long lines,
            long stored,
            Counts counts,
            boolean ended,
            boolean unbegun) {}

    /// Adds a line, for which there is room.
    ///
    /// @return its number; nothing when this was removed meanwhile
    /// @throws IllegalStateException when it has ended
    OptionalLong add(String channel, byte[] line) throws IOException {
        lock.lock();
        try {
            if (gone) {
                return OptionalLong.empty();
            }
            if (ended) {
                throw new IllegalStateException(id + " has ended, and no line comes after that");
            }
            append(line);
            added++;
            counts.add(channel);
            queue();
            return OptionalLong.of(added - 1);
        } finally {
            lock.unlock();
        }
    }

    /// No more lines will come. Those that the master has not stored are on the disk.
    void end() throws IOException {
        lock.lock();
        try {
            if (gone) {
                return;
            }
            if (!ended) {
                var record = LogRecord.ended();
                append(record);
                place.room.changed(record.length);
                ended = true;
                queue();
            }
            syncUnlessStored();
            closeWriter();
        } finally {
            lock.unlock();
        }
    }

    /// How many lines of each channel there were, also before a restart.
    Map<String, Long> counts() {
        lock.lock();
        try {
            return counts.all();
        } finally {
            lock.unlock();
        }
    }

    private void append(byte[] record) throws IOException {
        if (unbegun) {
            begin();
        }
        if (segments.isEmpty() || (hasLines() && last().bytes >= place.limits.segmentBytes())) {
            goOnIn(added, stored);
        }
        var file = writer();
        last().synced = false;
        file.append(record, record.length);
        last().bytes = file.end();
    }

    private GrowingFile writer() throws IOException {
        if (writer.isEmpty()) {
            writer = Optional.of(new GrowingFile(place.disk.open(last().path), last().bytes));
        }
        return writer.get();
    }

    private Segment last() {
        return segments.getLast();
    }

    private boolean hasLines() {
        return added > last().first;
    }

    /// Adds a file, for the lines from this one on.
    private void goOnIn(long first, long storedThen) throws IOException {
        closeWriter();
        var path = place.folder.resolve(new Segment.Name(number, first).written());
        var handle = place.disk.open(path);
        try {
            var file = new GrowingFile(handle, 0);
            var beginning =
                    Segment.beginning(new Segment.Header(id, first), storedThen, counts, ended);
            file.append(beginning, beginning.length);
            place.room.changed(file.end());
            segments.addLast(new Segment(path, first, file.end()));
            writer = Optional.of(file);
        } catch (IOException e) {
            handle.close();
            Files.deleteIfExists(path);
            throw e;
        }
        if (ended) {
            closeWriter();
        }
    }

    /// Has all files but one removed, and that one hold nothing but its beginning: the master has
    /// all lines. On a disk that is full no other file could be begun.
    private void startOver(long first) throws IOException {
        while (segments.size() > 1) {
            removeFirst();
        }
        var path = place.folder.resolve(new Segment.Name(number, first).written());
        place.disk.rename(last().path, path);
        segments.addLast(new Segment(path, first, segments.removeLast().bytes));
        unbegun = true;
        added = first;
        stored = first;
        sent = first;
        begin();
    }

    private void begin() throws IOException {
        var bytes = Segment.beginning(new Segment.Header(id, last().first), stored, counts, ended);
        // No record begins with zeros: those of before are never read as if they came after these.
        writer().startOver(
                        Arrays.copyOf(bytes, bytes.length + LogRecord.HEADER_BYTES), bytes.length);
        unbegun = false;
        place.room.changed(bytes.length - last().bytes);
        last().bytes = bytes.length;
        if (ended) {
            closeWriter();
        }
    }

    private void closeWriter() throws IOException {
        var file = writer;
        writer = Optional.empty();
        if (file.isPresent()) {
            file.get().close();
        }
    }

    private void syncUnlessStored() throws IOException {
        if (stored >= added || segments.stream().allMatch(each -> each.synced)) {
            return;
        }
        for (var each : segments) {
            if (!each.synced) {
                try (var file = place.disk.open(each.path)) {
                    file.sync();
                }
            }
        }
        place.disk.sync(place.folder);
        segments.forEach(each -> each.synced = true);
    }

    private void queue() {
        if (!queued && !gone && hasMore()) {
            queued = true;
            place.turns.add(this);
        }
    }

    private boolean hasMore() {
        return sent < added || (ended && !endSent);
    }

    /// What comes next, when there is anything. It counts as sent.
    Optional<Batch> take(int maxBytes) throws IOException {
        lock.lock();
        try {
            queued = false;
            if (gone || !hasMore()) {
                return Optional.empty();
            }
            var lines = sent < added ? read(maxBytes) : List.<Line>of();
            long first = sent;
            sent += lines.size();
            endSent = ended && sent == added;
            return Optional.of(new Batch(id, first, lines, endSent));
        } finally {
            queue();
            lock.unlock();
        }
    }

    /// Some of the lines from the first that was not sent, all out of one file.
    private List<Line> read(int maxBytes) throws IOException {
        var segment = segments.getFirst();
        long bound = added;
        for (var each : segments) {
            if (each.first > sent) {
                bound = each.first;
                break;
            }
            segment = each;
        }
        try (var file = place.disk.open(segment.path)) {
            var from = find(file, segment);
            var lines = new ArrayList<Line>();
            long offset = fill(file, from, bound, maxBytes, lines);
            if (lines.isEmpty()) {
                markLost(segment, from.offset(), bound, maxBytes, lines);
            }
            cursor = Optional.of(new Cursor(sent + lines.size(), segment, offset));
            return lines;
        }
    }

    /// Where the first line is that was not sent, or where the file is no longer whole before it.
    private Cursor find(Disk.Handle file, Segment segment) throws IOException {
        if (cursor.isPresent()
                && cursor.get().line() == sent
                && cursor.get().segment() == segment) {
            return cursor.get();
        }
        long start = new Segment.Header(id, segment.first).bytes();
        var reader = new LogReader(file, start, segment.bytes);
        long line = segment.first;
        while (line < sent && reader.advance()) {
            line += reader.kind() == LogRecord.LINE ? 1 : 0;
        }
        return new Cursor(sent, segment, reader.after());
    }

    /// @return where the record after the last line begins
    private static long fill(
            Disk.Handle file, Cursor from, long bound, int maxBytes, List<Line> lines)
            throws IOException {
        var reader = new LogReader(file, from.offset(), from.segment().bytes);
        long left = maxBytes;
        while (from.line() + lines.size() < bound && left > 0 && reader.advance()) {
            if (reader.kind() != LogRecord.LINE) {
                continue;
            }
            if (!lines.isEmpty() && reader.length() > left) {
                return reader.before();
            }
            lines.add(reader.line());
            left -= reader.length();
        }
        return reader.after();
    }

    /// Puts a line that says so in the place of each that is lost, so that their numbers go on.
    private void markLost(Segment segment, long offset, long bound, int maxBytes, List<Line> lines)
            throws IOException {
        LOG.log(
                System.Logger.Level.WARNING,
                "{0} is damaged at byte {1}: lines {2} to {3} of {4} are lost",
                segment.path,
                offset,
                sent,
                bound - 1,
                id);
        if (segment == last() && hasLines()) {
            goOnIn(added, stored);
        }
        var at = Files.getLastModifiedTime(segment.path).toInstant();
        long count = Math.min(bound - sent, Math.max(1, maxBytes / LOST.length()));
        for (long i = 0; i < count; i++) {
            lines.add(new Line(at, "ERROR", LOST));
        }
    }

    /// All lines below are on the master's disk.
    void stored(long lines) throws IOException {
        lock.lock();
        try {
            if (gone || lines <= stored) {
                return;
            }
            if (lines > added) {
                skip(lines);
                return;
            }
            stored = lines;
            sent = Math.max(sent, stored);
            trim();
        } finally {
            lock.unlock();
        }
    }

    /// The master has more lines than we remember: it has them from before the power failed. The
    /// next one must not get a number that it knows.
    private void skip(long lines) throws IOException {
        if (segments.isEmpty()) {
            goOnIn(lines, lines);
        }
        startOver(lines);
    }

    private void trim() throws IOException {
        removeStored();
        if (stored == added && (isLarge() || isShort())) {
            reclaim();
            return;
        }
        try {
            var record = LogRecord.stored(stored);
            append(record);
            place.room.changed(record.length);
            if (ended) {
                closeWriter();
            }
        } catch (IOException e) {
            // The master will say it again.
            LOG.log(System.Logger.Level.DEBUG, "not noted how much is stored of " + id, e);
        }
    }

    private boolean isLarge() {
        return last().bytes >= place.limits.segmentBytes() / 2;
    }

    /// Whether there may be too little room for others.
    private boolean isShort() {
        return place.room.isPressed() || place.trouble.present().isPresent();
    }

    private void removeStored() throws IOException {
        while (segments.size() > 1 && second().first <= stored) {
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
        place.room.changed(-first.bytes);
    }

    /// Gives back what is held for no good reason: a file that grows no more needs no lines that
    /// are stored.
    void reclaim() {
        lock.lock();
        try {
            if (gone || segments.isEmpty()) {
                return;
            }
            if (unbegun) {
                begin();
            }
            removeStored();
            if (stored == added && hasLines()) {
                startOver(added);
            }
        } catch (IOException e) {
            place.trouble.begins(e);
        } finally {
            lock.unlock();
        }
    }

    /// The lines from this one on are to be sent, as far as they are still here.
    void wanted(long line) throws IOException {
        lock.lock();
        try {
            if (gone) {
                return;
            }
            if (line > added) {
                skip(line);
            }
            sent = Math.max(line, segments.isEmpty() ? added : segments.getFirst().first);
            endSent = false;
            queue();
        } finally {
            lock.unlock();
        }
    }

    /// Nothing counts as sent that is not stored.
    void rewind() {
        lock.lock();
        try {
            sent = stored;
            endSent = false;
            queue();
        } finally {
            lock.unlock();
        }
    }

    Standing standing() {
        lock.lock();
        try {
            return new Standing(id, added, stored, ended);
        } finally {
            lock.unlock();
        }
    }

    void remove() throws IOException {
        lock.lock();
        try {
            closeWriter();
            while (!segments.isEmpty()) {
                removeFirst();
            }
            gone = true;
        } finally {
            lock.unlock();
        }
    }

    /// What the master has not stored is on the disk.
    void close() throws IOException {
        lock.lock();
        try {
            closeWriter();
            syncUnlessStored();
        } finally {
            gone = true;
            lock.unlock();
        }
    }
}
