package dev.sloth.agent.spool;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/// The lines of one attempt: how many there are, were sent, and are stored. For any number of
/// threads.
final class AttemptLog {
    private static final System.Logger LOG = System.getLogger(LogSpool.class.getName());

    private final Place place;
    private final String id;
    private final ReentrantLock lock = new ReentrantLock();
    private final AttemptFiles files;
    private final Outgoing outgoing;
    private final Counts counts;
    private long added;
    private long stored;
    private long sent;
    private boolean ended;
    private boolean endSent;

    /// Whether its turn to be sent will come.
    private boolean queued;

    /// Whether this was removed or closed: then it does nothing any more.
    private boolean gone;

    AttemptLog(Place place, String id, long number) {
        this(
                place,
                new Standing(id, 0, 0, false),
                new Counts(),
                new AttemptFiles(place, id, number));
    }

    /// An attempt that left files behind.
    AttemptLog(Place place, Standing found, Counts counts, AttemptFiles files) {
        this.counts = counts;
        this.place = place;
        this.id = found.id();
        this.files = files;
        this.outgoing = new Outgoing(id, place.trouble());
        this.added = found.lines();
        this.stored = found.stored();
        this.sent = found.stored();
        this.ended = found.ended();
    }

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
            files.append(line, added, known());
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
                files.note(LogRecord.ended(), added, known());
                ended = true;
                queue();
            }
            syncUnlessStored();
            files.closeWriter();
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

    private AttemptFiles.Known known() {
        return new AttemptFiles.Known(stored, counts, ended);
    }

    private void syncUnlessStored() throws IOException {
        if (stored < added) {
            files.sync();
        }
    }

    private void queue() {
        if (!queued && !gone && hasMore()) {
            queued = true;
            place.turns().add(this);
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
            var lines =
                    sent < added
                            ? files.read(outgoing, sent, added, known(), maxBytes)
                            : List.<Line>of();
            long first = sent;
            sent += lines.size();
            endSent = ended && sent == added;
            return Optional.of(new Batch(id, first, lines, endSent));
        } finally {
            queue();
            lock.unlock();
        }
    }

    /// All lines below are on the master's disk.
    void stored(long lines) throws IOException {
        lock.lock();
        try {
            if (gone) {
                return;
            }
            if (lines > added) {
                skip(lines);
            } else if (lines > stored) {
                stored = lines;
                sent = Math.max(sent, stored);
                trim();
            } else {
                files.removeBelow(stored);
            }
        } finally {
            lock.unlock();
        }
    }

    /// The master has more lines than we remember: it has them from before the power failed. The
    /// next one must not get a number that it knows.
    private void skip(long lines) throws IOException {
        if (files.isEmpty()) {
            files.goOnIn(lines, new AttemptFiles.Known(lines, counts, ended));
        } else {
            files.keepNone(lines);
        }
        added = lines;
        stored = lines;
        sent = lines;
        files.begin(known());
    }

    private void trim() throws IOException {
        files.removeBelow(stored);
        if (stored == added && (isLarge() || isShort())) {
            reclaim();
            return;
        }
        try {
            files.note(LogRecord.stored(stored), added, known());
        } catch (IOException e) {
            // The master will say it again.
            LOG.log(System.Logger.Level.DEBUG, "not noted how much is stored of " + id, e);
        }
    }

    private boolean isLarge() {
        return files.bytes() >= place.limits().segmentBytes() / 2;
    }

    /// Whether there may be too little room for others.
    private boolean isShort() {
        return place.room().isPressed() || place.trouble().present().isPresent();
    }

    /// Gives back what is held for no good reason: a file that grows no more needs no lines that
    /// are stored.
    void reclaim() {
        lock.lock();
        try {
            if (gone) {
                return;
            }
            files.begin(known());
            files.removeBelow(stored);
            if (stored == added && files.hasLines(added)) {
                files.keepNone(added);
                files.begin(known());
            }
        } catch (IOException e) {
            place.trouble().begins(e);
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
            sent = Math.max(line, files.first().orElse(added));
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
            files.removeAll();
            gone = true;
        } finally {
            lock.unlock();
        }
    }

    /// What the master has not stored is on the disk.
    void close() throws IOException {
        lock.lock();
        try {
            files.closeWriter();
            syncUnlessStored();
        } finally {
            gone = true;
            lock.unlock();
        }
    }
}
