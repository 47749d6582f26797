package dev.sloth.agent.spool;

import dev.sloth.agent.spool.Ask.Answer;
import dev.sloth.api.workflow.FileTrouble;
import dev.sloth.api.workflow.Problem;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Which orders an agent has accepted, and what came of them. For any number of threads, and for
/// one process at a time.
///
/// What a call has answered is on the disk, with one exception: an acknowledgement gets there with
/// the next order or result, or when the journal is closed. If it is lost before, the work is open
/// again, its result is sent once more, and is acknowledged once more.
///
/// While one thread waits for the disk, others gather: they are written together next. No call can
/// be interrupted; each takes about as long as the disk needs for two writes.
///
/// When the disk is full or fails, whoever was to be written gets an [IOException], nothing of it
/// counts, and the next call tries anew. Only when the machine stops at just that moment may an
/// order be found afterwards whose acceptance had failed.
public final class WorkJournal implements Closeable {
    /// How long an id may be, in bytes of UTF-8.
    public static final int ID_BYTES_MAX = 1024;

    /// How long an order or a result may be, in bytes.
    public static final int CONTENT_BYTES_MAX = 64 << 20;

    /// After how many bytes no more is gathered to be written at once.
    static final int FRAME_BYTES = 1 << 20;

    private static final String NAME = "work.journal";
    private static final byte[] NOTHING = {};

    private final Path folder;
    private final SpoolLimits limits;
    private final InstantSource time;
    private final Disk disk;
    private final Consumer<Problem> news;

    /// What waits to be written, in the order in which it came.
    private final Queue<Ask> asks = new ConcurrentLinkedQueue<>();

    /// What was acknowledged since a thread last looked.
    private final Queue<Ask> acknowledgements = new ConcurrentLinkedQueue<>();

    /// Held by the one thread that writes, and for all that follows. It is fair: who was written by
    /// another gets through before the next write begins, and so can bring more for it.
    private final ReentrantLock lock = new ReentrantLock(true);

    private final Entries entries;
    private JournalFile file;
    private List<Ask> unwritten = new ArrayList<>();

    /// How long the file must be before it may be written anew.
    private long compactFrom;

    /// Whether the name of the file may not be on the disk yet.
    private boolean nameless;

    private boolean closed;

    private WorkJournal(
            Path folder,
            SpoolLimits limits,
            InstantSource time,
            Disk disk,
            Consumer<Problem> news,
            Entries entries,
            JournalFile file) {
        this.folder = folder;
        this.limits = limits;
        this.time = time;
        this.disk = disk;
        this.news = news;
        this.entries = entries;
        this.file = file;
    }

    /// Opens the journal in a folder; both are made when they are not there.
    ///
    /// @param news hears what does not work and keeps nobody waiting
    /// @throws UnreadableSpool when it was damaged: nothing is guessed, and nothing is changed
    public static WorkJournal open(
            Path folder, SpoolLimits limits, InstantSource time, Consumer<Problem> news)
            throws IOException {
        return open(folder, limits, time, new FileDisk(), news);
    }

    static WorkJournal open(
            Path folder, SpoolLimits limits, InstantSource time, Disk disk, Consumer<Problem> news)
            throws IOException {
        makeFolder(disk, folder);
        var path = folder.resolve(NAME);
        Files.deleteIfExists(unfinished(folder));
        var entries = new Entries(limits.remembered());
        var file =
                Files.exists(path)
                        ? JournalFile.open(disk, path, entries::add)
                        : begun(disk, folder, path);
        try {
            disk.sync(folder);
        } catch (IOException e) {
            file.close();
            throw e;
        }
        return new WorkJournal(folder, limits, time, disk, news, entries, file);
    }

    static void makeFolder(Disk disk, Path folder) throws IOException {
        if (Files.notExists(folder)) {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            disk.sync(folder.toAbsolutePath().normalize().resolveSibling(""));
        }
    }

    private static Path unfinished(Path folder) {
        return folder.resolve(NAME + ".new");
    }

    /// So that a journal is never without its header, it gets its name only when it has one.
    private static JournalFile begun(Disk disk, Path folder, Path path) throws IOException {
        var file = JournalFile.create(disk, unfinished(folder));
        try {
            file.sync();
            disk.rename(unfinished(folder), path);
            return file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /// Takes an order. When this says that it is new, it is on the disk.
    ///
    /// @param id the same id is new only once, until [SpoolLimits#remembered] after it was
    ///   acknowledged; at most [#ID_BYTES_MAX]
    /// @param order at most [#CONTENT_BYTES_MAX]
    /// @throws IOException when the disk is full or fails: then the order was not accepted
    public Accepting accept(String id, byte[] order) throws IOException {
        var ask = ask(Note.Kind.ACCEPTED, id, order);
        lock.lock();
        try {
            return switch (settled(ask)) {
                case Answer.Written _ -> new Accepting.New();
                case Answer.NoRoom(var full) -> full;
                case Answer.Before _, Answer.NoSuch _ -> known(id, order);
                case Answer.Failed(var why) -> throw failed(why);
            };
        } finally {
            lock.unlock();
        }
    }

    private Accepting known(String id, byte[] order) throws IOException {
        var entry = entries.find(id);
        // While we waited for the lock, it may have become old enough to be forgotten.
        return entry.isPresent()
                ? new Accepting.Known(read(entry.get().result()))
                : accept(id, order);
    }

    private Optional<byte[]> read(Optional<Span> span) throws IOException {
        return span.isPresent() ? Optional.of(file.read(span.get())) : Optional.empty();
    }

    /// Keeps what came of an order. Only the first result counts.
    ///
    /// @param result at most [#CONTENT_BYTES_MAX]
    /// @return whether this is the one that counts. It is on the disk then. If not there was one
    ///   before, or the order is not known, for example not any more
    /// @throws IOException when the disk is full or fails: then it does not count
    public boolean finished(String id, byte[] result) throws IOException {
        var ask = ask(Note.Kind.FINISHED, id, result);
        lock.lock();
        try {
            return switch (settled(ask)) {
                case Answer.Written _ -> true;
                case Answer.Before _, Answer.NoSuch _, Answer.NoRoom _ -> false;
                case Answer.Failed(var why) -> throw failed(why);
            };
        } finally {
            lock.unlock();
        }
    }

    /// The master needs no more of an order: it has the result on its disk, or does not want it.
    /// The id and the result stay known for [SpoolLimits#remembered]. Does nothing when the order
    /// is not open. Waits for nobody.
    public void acknowledged(String id) {
        acknowledgements.add(ask(Note.Kind.ACKNOWLEDGED, time, id, NOTHING));
        if (lock.tryLock()) {
            try {
                gatherAcknowledgements();
            } finally {
                lock.unlock();
            }
        }
    }

    /// All that was accepted and is not acknowledged, in the order in which it was accepted.
    ///
    /// @throws UnreadableSpool when an order or a result was damaged since it was written
    public List<OpenWork> unacknowledged() throws IOException {
        lock.lock();
        try {
            checkOpen();
            gatherAcknowledgements();
            var open = new ArrayList<OpenWork>();
            for (var entry : entries.all()) {
                if (entry.isOpen()) {
                    open.add(
                            new OpenWork(
                                    entry.id(),
                                    file.read(entry.order()),
                                    read(entry.result()),
                                    entry.acceptedAt()));
                }
            }
            return open;
        } finally {
            lock.unlock();
        }
    }

    /// All that was accepted and is not acknowledged, and whether what came of it is known.
    public Map<String, Boolean> held() throws IOException {
        lock.lock();
        try {
            checkOpen();
            gatherAcknowledgements();
            var open = new HashMap<String, Boolean>();
            for (var entry : entries.all()) {
                if (entry.isOpen()) {
                    open.put(entry.id(), entry.result().isPresent());
                }
            }
            return open;
        } finally {
            lock.unlock();
        }
    }

    /// What came of an order, if that is known.
    ///
    /// @throws UnreadableSpool when it was damaged since it was written
    public Optional<byte[]> result(String id) throws IOException {
        lock.lock();
        try {
            checkOpen();
            var entry = entries.find(id);
            return entry.isPresent() ? read(entry.get().result()) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private Ask ask(Note.Kind kind, String id, byte[] content) {
        var ask = ask(kind, time, id, content);
        asks.add(ask);
        return ask;
    }

    private static Ask ask(Note.Kind kind, InstantSource time, String id, byte[] content) {
        if (id.getBytes(StandardCharsets.UTF_8).length > ID_BYTES_MAX
                || content.length > CONTENT_BYTES_MAX) {
            throw new IllegalArgumentException("too long for a journal: " + id);
        }
        return new Ask(kind, time.instant().truncatedTo(ChronoUnit.MICROS), id, content);
    }

    private static IOException failed(IOException why) {
        return new IOException("the journal cannot be written: " + why.getMessage(), why);
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the journal is closed");
        }
    }

    private Answer settled(Ask ask) {
        checkOpen();
        while (ask.answer.isEmpty()) {
            write();
        }
        return ask.answer.get();
    }

    /// Writes what has gathered, or a first part of it.
    private void write() {
        gatherAcknowledgements();
        entries.forget(time.instant());
        var frame = new Frame();
        var notes = new ArrayList<Note>();
        for (var each : unwritten) {
            notes.add(frame.add(each.kind, each.at, each.id, each.content));
        }
        int acknowledged = notes.size();
        var staged = stage(frame, notes);
        if (staged.isEmpty()) {
            return;
        }
        Answer answer = new Answer.Failed(new IOException("it was not written"));
        try {
            long start = write(frame);
            unwritten = new ArrayList<>();
            notes.subList(acknowledged, notes.size()).forEach(note -> keep(note, start));
            answer = new Answer.Written();
        } catch (IOException e) {
            answer = new Answer.Failed(e);
        } finally {
            for (var each : staged.values()) {
                each.answer(answer);
            }
        }
        compactIfWorthIt();
    }

    private void keep(Note note, long start) {
        if (!entries.add(note.shifted(start))) {
            throw new IllegalStateException("cannot follow: " + note);
        }
    }

    private long write(Frame frame) throws IOException {
        if (nameless) {
            disk.sync(folder);
            nameless = false;
        }
        return file.appendForGood(frame);
    }

    /// Answers what can be answered without writing, and puts the rest into the frame, until it is
    /// large enough or the same id comes again: then what is to be said depends on the writing.
    private Map<String, Ask> stage(Frame frame, List<Note> notes) {
        var staged = new LinkedHashMap<String, Ask>();
        int accepting = 0;
        for (var ask = asks.peek(); ask != null; ask = asks.peek()) {
            if (staged.containsKey(ask.id)
                    || (!staged.isEmpty() && frame.length() >= FRAME_BYTES)) {
                return staged;
            }
            asks.remove();
            ask.answer = answer(ask, entries.open() + accepting);
            if (ask.answer.isEmpty()) {
                staged.put(ask.id, ask);
                notes.add(frame.add(ask.kind, ask.at, ask.id, ask.content));
                accepting += ask.kind == Note.Kind.ACCEPTED ? 1 : 0;
            }
        }
        return staged;
    }

    /// @return nothing when it is to be written
    private Optional<Answer> answer(Ask ask, int open) {
        var entry = entries.find(ask.id);
        if (ask.kind != Note.Kind.ACCEPTED) {
            return entry.isEmpty()
                    ? Optional.of(new Answer.NoSuch())
                    : entry.get().result().map(_ -> new Answer.Before());
        }
        if (entry.isPresent()) {
            return Optional.of(new Answer.Before());
        }
        return noRoom(open, limits.openMax())
                .or(() -> noRoom(entries.remembered(), limits.rememberedMax()));
    }

    private static Optional<Answer> noRoom(int held, int max) {
        return held < max
                ? Optional.empty()
                : Optional.of(new Answer.NoRoom(new Accepting.Full(held, max)));
    }

    private void gatherAcknowledgements() {
        for (var each = acknowledgements.poll(); each != null; each = acknowledgements.poll()) {
            if (entries.add(new Note(each.kind, each.at, each.id, new Span(0, 0, 0)))) {
                unwritten.add(each);
            }
        }
    }

    private void compactIfWorthIt() {
        long dead = file.size() - JournalFile.HEADER_BYTES - entries.bytes();
        if (dead < limits.deadBytesMin() || dead < file.size() / 2 || file.size() < compactFrom) {
            return;
        }
        try {
            compact();
            compactFrom = 0;
        } catch (IOException e) {
            compactFrom = file.size() + limits.deadBytesMin();
            news.accept(
                    Trouble.unkept(
                            "the journal in %s could not be made smaller and goes on as it is: %s"
                                    .formatted(folder, FileTrouble.words(e)),
                            "look after that disk; it is tried again"));
        }
    }

    private void compact() throws IOException {
        var path = unfinished(folder);
        var fresh = JournalFile.create(disk, path);
        List<Entry> moved;
        try {
            moved = Compaction.write(entries, file, fresh);
            disk.rename(path, folder.resolve(NAME));
        } catch (IOException e) {
            fresh.close();
            Files.deleteIfExists(path);
            throw e;
        }
        var old = file;
        file = fresh.named(folder.resolve(NAME));
        moved.forEach(entries::moved);
        nameless = true;
        old.close();
        disk.sync(folder);
        nameless = false;
    }

    /// Returns when all is on the disk.
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                writeTheRest();
            }
        } finally {
            lock.unlock();
        }
    }

    private void writeTheRest() throws IOException {
        try {
            gatherAcknowledgements();
            var frame = new Frame();
            unwritten.forEach(each -> frame.add(each.kind, each.at, each.id, each.content));
            if (!frame.isEmpty()) {
                write(frame);
            }
        } finally {
            file.close();
        }
    }
}
