package dev.sloth.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Reads the records of a file of lines, up to the first that is not whole.
final class LogReader {
    private static final int READ_BYTES = 64 << 10;

    private final Disk.Handle file;
    private final long end;

    /// What was read of the file, and where that begins in it.
    private byte[] bytes = {};

    private long origin;

    /// Where the present record begins and ends, within the bytes.
    private int start;

    private int stop;
    private String channel = "";

    /// @param from where a record begins
    /// @param end where the file is to be taken for ended, if it does not end before
    LogReader(Disk.Handle file, long from, long end) throws IOException {
        this.file = file;
        this.origin = from;
        this.end = Math.min(end, file.size());
    }

    /// Goes on to the next record.
    ///
    /// @return whether there is one. If not, this stays where it is
    boolean advance() throws IOException {
        if (!holds(LogRecord.HEADER_BYTES)) {
            return false;
        }
        int length = ByteBuffer.wrap(bytes, stop, Integer.BYTES).getInt();
        if (length < 1 || length > end - after() - LogRecord.HEADER_BYTES) {
            return false;
        }
        int whole = LogRecord.HEADER_BYTES + length;
        if (!holds(whole)
                || LogRecord.sum(bytes, stop, whole)
                        != ByteBuffer.wrap(bytes, stop + Integer.BYTES, Integer.BYTES).getInt()) {
            return false;
        }
        start = stop;
        stop += whole;
        return true;
    }

    /// Sees to it that so many bytes after the present record are in memory.
    private boolean holds(int wanted) throws IOException {
        if (bytes.length - stop >= wanted) {
            return true;
        }
        long from = after();
        if (end - from < wanted) {
            return false;
        }
        bytes = file.read(from, (int) Math.min(end - from, Math.max(wanted, READ_BYTES)));
        origin = from;
        start = 0;
        stop = 0;
        return true;
    }

    /// Where the present record begins in the file.
    long before() {
        return origin + start;
    }

    /// Where the present record ends in the file.
    long after() {
        return origin + stop;
    }

    /// How long the present record is.
    int length() {
        return stop - start;
    }

    byte kind() {
        return bytes[start + LogRecord.HEADER_BYTES];
    }

    /// What a record says of the lines that are stored.
    long stored() {
        return ByteBuffer.wrap(bytes, start + LogRecord.HEADER_BYTES + 1, Long.BYTES).getLong();
    }

    /// Has the counts be what a record says.
    void counts(Counts counts) {
        int from = start + LogRecord.HEADER_BYTES + 1;
        counts.read(ByteBuffer.wrap(bytes, from, stop - from).slice());
    }

    Line line() {
        var in = ByteBuffer.wrap(bytes, start + LogRecord.HEADER_BYTES + 1, Long.BYTES + 1);
        var at = Instant.EPOCH.plus(in.getLong(), ChronoUnit.MICROS);
        int source = in.get();
        var named = new String(bytes, in.position(), source, StandardCharsets.UTF_8);
        if (!named.equals(channel)) {
            channel = named;
        }
        int text = in.position() + source;
        return new Line(at, channel, new String(bytes, text, stop - text, StandardCharsets.UTF_8));
    }
}
