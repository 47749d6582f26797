package dev.sloth.store.sqlite;

import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import dev.sloth.store.files.FolderFailures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/// Looks at the write-ahead log beside a database before SQLite does.
///
/// SQLite reads the log up to the first frame whose checksum is wrong and takes that for its end.
/// After a crash that is right: the end may be torn. But when a frame is damaged later, by the
/// disk, all transactions from there on are gone without a word, acknowledged or not. The two can
/// be told apart: a transaction begins only after the one before was brought to disk. So when a
/// transaction ends behind the bad frame and another has begun behind that, the bad frame was whole
/// once, and what it held was acknowledged.
///
/// The format is described at sqlite.org/fileformat.html, section 4.
final class WalEnd {
    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int PAGE_MAX = 65_536;
    private static final int MAGIC_LITTLE = 0x377f0682;
    private static final int MAGIC_BIG = 0x377f0683;

    /// A log that another process writes to may look bad for a moment.
    private static final int LOOKS = 5;

    private static final long PAUSE_NANOS = 10_000_000;

    private final FileChannel log;
    private final ByteBuffer header = ByteBuffer.allocate(HEADER);
    private final ByteBuffer frame;
    // The running checksum of the header and of all frames so far.
    private int sum1;
    private int sum2;

    private WalEnd(FileChannel log) throws IOException {
        this.log = log;
        read(header, 0);
        int pageSize = header.getInt(8);
        boolean possible = pageSize > 0 && pageSize <= PAGE_MAX;
        this.frame = ByteBuffer.allocate(FRAME_HEADER + (possible ? pageSize : PAGE_MAX));
    }

    /// @throws StoreFailure `DAMAGED` when transactions that were acknowledged cannot be read
    static void check(Path file) {
        for (int look = 1; damaged(file); look++) {
            if (look == LOOKS) {
                throw new StoreFailure(
                        Reason.DAMAGED,
                        "%s-wal is damaged, and with it changes that were acknowledged: keep a copy of the folder, then restore it from a backup, or delete that file to go on without them"
                                .formatted(file));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static boolean damaged(Path file) {
        var wal = file.resolveSibling(file.getFileName() + "-wal");
        if (Files.notExists(wal)) {
            return false;
        }
        // This file bears no locks, so it may be opened and closed.
        try (var log = FileChannel.open(wal)) {
            return log.size() > HEADER && new WalEnd(log).damaged();
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw FolderFailures.of(wal, e);
        }
    }

    private boolean damaged() throws IOException {
        if (Arrays.equals(header.array(), new byte[HEADER])) {
            // Made, but never brought to disk.
            return false;
        }
        if (!wholeHeader()) {
            return true;
        }
        long at = HEADER;
        while (read(frame, at) && wholeFrame()) {
            at += frame.capacity();
        }
        return endedAndFollowed(at);
    }

    /// False when the file ends before the buffer is full.
    private boolean read(ByteBuffer buffer, long at) throws IOException {
        buffer.clear();
        while (buffer.hasRemaining()) {
            if (log.read(buffer, at + buffer.position()) < 0) {
                return false;
            }
        }
        return true;
    }

    /// Begins the running checksum.
    private boolean wholeHeader() {
        int magic = header.getInt(0);
        if (magic != MAGIC_LITTLE && magic != MAGIC_BIG) {
            return false;
        }
        add(header, 0, FRAME_HEADER);
        return sum1 == header.getInt(24) && sum2 == header.getInt(28);
    }

    private boolean wholeFrame() {
        if (!ofThisLog()) {
            return false;
        }
        add(frame, 0, 8);
        add(frame, FRAME_HEADER, frame.capacity());
        return sum1 == frame.getInt(16) && sum2 == frame.getInt(20);
    }

    /// Whether the frame is of this log, not left over from an earlier one in the same file.
    private boolean ofThisLog() {
        return frame.getLong(8) == header.getLong(16);
    }

    private void add(ByteBuffer bytes, int from, int to) {
        boolean big = header.getInt(0) == MAGIC_BIG;
        var numbers = bytes.duplicate().order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (int at = from; at < to; at += 8) {
            sum1 += numbers.getInt(at) + sum2;
            sum2 += numbers.getInt(at + 4) + sum1;
        }
    }

    /// Whether, from a bad frame on, a transaction ends and another has begun.
    private boolean endedAndFollowed(long bad) throws IOException {
        boolean ended = false;
        for (long at = bad; read(frame, at); at += frame.capacity()) {
            if (!ofThisLog()) {
                continue;
            }
            if (ended) {
                return true;
            }
            ended = frame.getInt(4) != 0;
        }
        return false;
    }
}
