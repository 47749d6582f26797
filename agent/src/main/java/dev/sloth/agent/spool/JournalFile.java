package dev.sloth.agent.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/// The file of a journal: eight letters, its version, a CRC-32C of both, and then frames.
///
/// A frame is on the disk before the next one is begun. So a crash can hurt the last one only: what
/// follows the last whole frame is cut off, and whoever wrote it was never told that it is there.
/// But when a frame is not whole and something comes after it, the file was damaged.
final class JournalFile implements Closeable {
    static final int VERSION = 1;
    static final int HEADER_BYTES = 16;
    private static final byte[] LETTERS = "slothjrn".getBytes(StandardCharsets.US_ASCII);
    private static final int SEARCH_BYTES = 64 << 10;
    private static final System.Logger LOG = System.getLogger(JournalFile.class.getName());

    private final Path path;
    private final GrowingFile file;

    private JournalFile(Path path, GrowingFile file) {
        this.path = path;
        this.file = file;
    }

    /// Begins a file; what was there is gone.
    static JournalFile create(Disk disk, Path path) throws IOException {
        var handle = disk.open(path);
        try {
            handle.cut(0);
            var file = new GrowingFile(handle, 0);
            file.append(header(), HEADER_BYTES);
            return new JournalFile(path, file);
        } catch (IOException e) {
            handle.close();
            throw e;
        }
    }

    private static byte[] header() {
        var header = ByteBuffer.allocate(HEADER_BYTES).put(LETTERS).putInt(VERSION);
        header.putInt(Span.sum(header.array(), 0, header.position()));
        return header.array();
    }

    /// Opens a file and reads its notes. What they say is on the disk when this returns.
    ///
    /// @param notes takes a note, and says whether it can follow on those before
    /// @throws UnreadableSpool when it is damaged
    static JournalFile open(Disk disk, Path path, Predicate<Note> notes) throws IOException {
        var handle = disk.open(path);
        try {
            long size = handle.size();
            var reading = new Reading(path, handle, size);
            reading.header();
            long end = reading.frames(notes);
            if (end < size) {
                // So it is when the power failed: nobody was told that it is kept.
                LOG.log(
                        System.Logger.Level.DEBUG,
                        "{0}: cut off {1} bytes at byte {2}, of a write that did not end",
                        path,
                        size - end,
                        end);
                handle.cut(end);
            }
            handle.sync();
            return new JournalFile(path, new GrowingFile(handle, end));
        } catch (IOException e) {
            handle.close();
            throw e;
        }
    }

    private record Reading(Path path, Disk.Handle handle, long size) {
        void header() throws IOException {
            if (size < HEADER_BYTES) {
                throw damaged(0, "it ends before its first frame");
            }
            var found = ByteBuffer.wrap(handle.read(0, HEADER_BYTES));
            if (found.equals(ByteBuffer.wrap(JournalFile.header()))) {
                return;
            }
            int summed = HEADER_BYTES - Integer.BYTES;
            boolean ours =
                    found.slice(0, LETTERS.length).equals(ByteBuffer.wrap(LETTERS))
                            && found.getInt(summed) == Span.sum(found.array(), 0, summed);
            throw damaged(
                    0,
                    ours
                            ? "it is of version %d, and this agent knows version %d"
                                    .formatted(found.getInt(LETTERS.length), VERSION)
                            : "it is not the journal of an agent");
        }

        /// @return where the last whole frame ends
        long frames(Predicate<Note> notes) throws IOException {
            long at = HEADER_BYTES;
            while (at < size) {
                var following = following(at);
                if (following.isEmpty()) {
                    return at;
                }
                long start = at;
                var found =
                        Frame.notes(following.get())
                                .orElseThrow(() -> damaged(start, "it holds what is no note"));
                for (var note : found) {
                    if (!notes.test(note.shifted(start))) {
                        throw damaged(
                                start, "%s cannot be %s there".formatted(note.id(), note.kind()));
                    }
                }
                at += Frame.HEADER_BYTES + following.get().length;
            }
            return at;
        }

        /// What follows the header of a whole frame.
        private Optional<byte[]> following(long at) throws IOException {
            if (size - at < Frame.HEADER_BYTES) {
                return Optional.empty();
            }
            var header = handle.read(at, Frame.HEADER_BYTES);
            var length = Frame.following(header, 0);
            if (length.isEmpty()) {
                if (frameBegins(at + 1)) {
                    throw damaged(at, "it is damaged, and goes on after that");
                }
                return Optional.empty();
            }
            long next = at + Frame.HEADER_BYTES + length.getAsInt();
            if (next > size) {
                return Optional.empty();
            }
            var following = handle.read(at + Frame.HEADER_BYTES, length.getAsInt());
            if (Frame.isWhole(header, following)) {
                return Optional.of(following);
            }
            if (next < size) {
                throw damaged(at, "it is damaged, and goes on after that");
            }
            return Optional.empty();
        }

        /// Whether a frame begins at some place from there on.
        private boolean frameBegins(long from) throws IOException {
            for (long at = from; size - at >= Frame.HEADER_BYTES; at += SEARCH_BYTES) {
                long end = Math.min(size, at + SEARCH_BYTES + Frame.HEADER_BYTES - 1);
                var bytes = handle.read(at, (int) (end - at));
                for (int i = 0; i + Frame.HEADER_BYTES <= bytes.length; i++) {
                    if (Frame.following(bytes, i).isPresent()) {
                        return true;
                    }
                }
            }
            return false;
        }

        private UnreadableSpool damaged(long at, String why) {
            return new UnreadableSpool(path, at, why);
        }
    }

    /// The same file, which has another name now.
    JournalFile named(Path name) {
        return new JournalFile(name, file);
    }

    /// In bytes.
    long size() {
        return file.end();
    }

    /// Adds a frame, which is not on the disk before [#sync].
    ///
    /// @return where it begins
    long append(Frame frame) throws IOException {
        long start = file.end();
        file.append(frame.sealed(), frame.length());
        return start;
    }

    /// Adds a frame, which is on the disk when this returns. After a failure the file is as before.
    ///
    /// @return where it begins
    long appendForGood(Frame frame) throws IOException {
        long start = file.end();
        file.appendForGood(frame.sealed(), frame.length());
        return start;
    }

    void sync() throws IOException {
        file.sync();
    }

    /// @throws UnreadableSpool when the bytes are no longer what they were
    byte[] read(Span span) throws IOException {
        var bytes = file.read(span.at(), span.length());
        if (Span.sum(bytes, 0, bytes.length) != span.sum()) {
            throw new UnreadableSpool(path, span.at(), "it was damaged since it was written");
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
