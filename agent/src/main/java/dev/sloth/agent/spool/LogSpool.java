package dev.sloth.agent.spool;

import dev.sloth.api.workflow.Problem;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// The lines that attempts have written and the master has not stored yet. For any number of
/// threads, and for one process at a time.
///
/// The lines of an attempt are numbered from 0, without a gap. Once [#add] has returned, the end of
/// this process does not lose a line; once [#ended] has returned, a power failure does not lose any
/// of the attempt's either. Of an attempt that goes on, a power failure may lose the lines that the
/// system has not written by itself yet: usually those of the last half minute. When a master has
/// stored lines that were lost here, it says so by [#wanted], and the numbers go on after them.
///
/// A line that was damaged on the disk is replaced by one that says so.
public final class LogSpool implements Closeable {
    private final Place place;
    private final Map<String, AttemptLog> attempts = new ConcurrentHashMap<>();
    private final AtomicLong number;

    private LogSpool(Place place, long number) {
        this.place = place;
        this.number = new AtomicLong(number);
    }

    /// Opens the spool in a folder, which is made when it is not there, with all that was not
    /// stored; none of it counts as sent.
    ///
    /// @param news hears when lines cannot be kept, and of damaged files, which are set aside
    /// @throws IOException when the folder cannot be read
    public static LogSpool open(Path folder, SpoolLimits limits, Consumer<Problem> news)
            throws IOException {
        return open(folder, limits, new FileDisk(), news);
    }

    static LogSpool open(Path folder, SpoolLimits limits, Disk disk, Consumer<Problem> news)
            throws IOException {
        WorkJournal.makeFolder(disk, folder);
        var place =
                new Place(
                        disk,
                        folder,
                        limits,
                        new Room(limits.logBytesMax()),
                        new Turns(),
                        new Trouble(folder, news));
        var recovery = new Recovery(place);
        var found = recovery.attempts();
        var spool = new LogSpool(place, recovery.highest());
        for (var each : found) {
            var older = Optional.ofNullable(spool.attempts.put(each.standing().id(), each));
            if (older.isPresent()) {
                // It was removed, and a file of it was left.
                older.get().remove();
            }
            each.rewind();
        }
        return spool;
    }

    /// Adds a line. Waits while the spool holds more than [SpoolLimits#logBytesMax], and while the
    /// disk refuses it: then it is tried again whenever something was removed, and every
    /// [SpoolLimits#retryEvery]. An interrupt does not end the wait, which would lose the line; it
    /// is there again afterwards.
    ///
    /// @param id at most [WorkJournal#ID_BYTES_MAX]
    /// @param channel where the line came from, at most 127 bytes
    /// @param at kept in whole microseconds
    /// @param line without its end; half a surrogate pair becomes `?`
    /// @return the number of the line
    /// @throws IllegalStateException when the attempt has ended, or the spool was closed: then the
    ///   line was not added
    public long add(String id, String channel, Instant at, String line) {
        var record = LogRecord.line(channel, at, line);
        place.room().reserve(record.length, this::reclaim);
        boolean added = false;
        try {
            var given = OptionalLong.empty();
            while (given.isEmpty()) {
                given = persist(() -> attempt(id).add(channel, record));
            }
            added = true;
            return given.getAsLong();
        } finally {
            if (!added) {
                place.room().changed(-record.length);
            }
        }
    }

    /// No more lines of the attempt will come: they are on the disk when this returns. Waits while
    /// the disk refuses that, as [#add] does. To be called before its result is kept, so that no
    /// result is without its lines.
    public void ended(String id) {
        persist(() -> {
            attempt(id).end();
            return OptionalLong.empty();
        });
    }

    /// Something that the disk may refuse.
    private interface Persisting {
        OptionalLong once() throws IOException;
    }

    private OptionalLong persist(Persisting act) {
        while (true) {
            place.room().checkOpen();
            try {
                var result = act.once();
                place.trouble().ends();
                return result;
            } catch (IOException e) {
                place.trouble().begins(e);
            }
            place.room().pause(place.limits().retryEvery().toNanos());
            reclaim();
        }
    }

    private void reclaim() {
        attempts.values().forEach(AttemptLog::reclaim);
    }

    private AttemptLog attempt(String id) {
        return attempts.computeIfAbsent(id, this::begun);
    }

    private AttemptLog begun(String id) {
        if (id.getBytes(StandardCharsets.UTF_8).length > WorkJournal.ID_BYTES_MAX) {
            throw new IllegalArgumentException("too long for an id: " + id);
        }
        return new AttemptLog(place, id, number.incrementAndGet());
    }

    /// What is to be sent next: some lines of an attempt, or its end. Attempts take turns. What
    /// this returns counts as sent, until [#wanted] or [#rewind] say otherwise. The end of an
    /// attempt comes once, with the last lines or, if these were sent before it ended, with none.
    ///
    /// @param maxBytes how much the lines may take about; one line alone may be longer
    /// @param wait for how long at most, when there is nothing now
    /// @return nothing when the time is up
    /// @throws IOException when the lines cannot be read; they are still there, and another
    ///   attempt's turn is next
    /// @throws IllegalStateException when the spool is closed
    public Optional<Batch> next(int maxBytes, Duration wait)
            throws IOException, InterruptedException {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("no line fits into " + maxBytes + " bytes");
        }
        long until = System.nanoTime() + wait.toNanos();
        while (true) {
            var left = Duration.ofNanos(Math.max(0, until - System.nanoTime()));
            var turn = place.turns().next(left);
            if (turn.isEmpty()) {
                return Optional.empty();
            }
            var batch = turn.get().take(maxBytes);
            if (batch.isPresent()) {
                return batch;
            }
        }
    }

    /// The master has the first so many lines of an attempt on its disk: they are removed here.
    /// Does nothing for an attempt that is not known, or for what was said before.
    ///
    /// @throws IOException when that fails; to be said again
    public void stored(String id, long lines) throws IOException {
        var attempt = find(id);
        if (attempt.isPresent()) {
            attempt.get().stored(lines);
        }
    }

    /// The master wants the lines from this one on, for example on a new connection. Those that
    /// were removed are no longer there: then it gets what is. If it has more lines than were added
    /// here, they were lost in a power failure, and the numbers go on at this one.
    ///
    /// @throws IOException when that could not be noted; to be said again
    public void wanted(String id, long line) throws IOException {
        var attempt = line > 0 ? Optional.of(attempt(id)) : find(id);
        if (attempt.isPresent()) {
            attempt.get().wanted(line);
        }
    }

    /// The connection is gone: what is not stored does not count as sent.
    public void rewind() {
        attempts.values().forEach(AttemptLog::rewind);
    }

    private Optional<AttemptLog> find(String id) {
        return Optional.ofNullable(attempts.get(id));
    }

    /// How far an attempt is, if anything is known of it.
    public Optional<Standing> standing(String id) {
        return find(id).map(AttemptLog::standing);
    }

    /// How far all attempts are that are known, in no order.
    public List<Standing> standings() {
        return attempts.values().stream().map(AttemptLog::standing).toList();
    }

    /// How many lines were added, also before a restart; 0 for an attempt that is not known.
    public long lines(String id) {
        return standing(id).map(Standing::lines).orElse(0L);
    }

    /// How many lines of each channel were added, also before a restart of the agent.
    public Map<String, Long> counts(String id) {
        return find(id).map(AttemptLog::counts).orElse(Map.of());
    }

    /// Whether the attempt has ended and all its lines are stored.
    public boolean isDone(String id) {
        return standing(id).map(Standing::isDone).orElse(false);
    }

    /// How much is held on the disk, in bytes.
    public long heldBytes() {
        return place.room().held();
    }

    /// Why lines cannot be kept at present, if so.
    public Optional<IOException> trouble() {
        return place.trouble().present();
    }

    /// Forgets an attempt and removes its lines, stored or not. If more of it comes, it begins
    /// anew.
    ///
    /// @throws IOException when a file could not be removed; to be said again
    public void removed(String id) throws IOException {
        var attempt = find(id);
        if (attempt.isPresent()) {
            attempt.get().remove();
            attempts.remove(id, attempt.get());
        }
    }

    /// Returns when all that is not stored is on the disk. Whoever waits in [#add] or [#next] gets
    /// an [IllegalStateException].
    @Override
    public void close() throws IOException {
        place.room().close();
        place.turns().close();
        var failures = new IOException("the spool could not be closed cleanly");
        for (var each : attempts.values()) {
            try {
                each.close();
            } catch (IOException e) {
                failures.addSuppressed(e);
            }
        }
        if (failures.getSuppressed().length > 0) {
            throw failures;
        }
    }
}
