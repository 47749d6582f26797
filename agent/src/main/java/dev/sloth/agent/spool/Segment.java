package dev.sloth.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// One of the files with the lines of an attempt. Its name is the number of the attempt in this
/// spool, and the number of its first line. It begins with eight letters, its version, the number
/// of its first line, the length of the attempt's id in two bytes, the id, and the CRC-32C of all
/// these; records follow.
///
/// A file whose name has a later line than its beginning was about to be started over from that
/// line on, because the master has stored all before it.
final class Segment {
    static final int VERSION = 1;
    private static final byte[] LETTERS = "slothlog".getBytes(StandardCharsets.US_ASCII);
    private static final int FIXED_BYTES = 22;
    private static final Pattern NAME = Pattern.compile("(\\d{10})-(\\d{19})\\.log(\\.damaged)?");

    final Path path;

    /// The number of its first line.
    final long first;

    /// How long it is.
    long bytes;

    /// Whether all of it is surely on the disk.
    boolean synced;

    Segment(Path path, long first, long bytes) {
        this.path = path;
        this.first = first;
        this.bytes = bytes;
    }

    /// What a file is called.
    record Name(long attempt, long first) {
        /// Nothing when this is no such name. One that was set aside has one, too.
        static Optional<Name> read(String name) {
            var matcher = NAME.matcher(name);
            return matcher.matches()
                    ? Optional.of(
                            new Name(
                                    Long.parseLong(matcher.group(1)),
                                    Long.parseLong(matcher.group(2))))
                    : Optional.empty();
        }

        String written() {
            return "%010d-%019d.log".formatted(attempt, first);
        }
    }

    /// What a file holds before its first line: all that is to be known besides the lines.
    static byte[] beginning(Header header, long stored, Counts counts, boolean ended) {
        var start = header.written();
        var before = LogRecord.counts(counts);
        var known = LogRecord.stored(stored);
        var end = ended ? LogRecord.ended() : new byte[] {};
        return ByteBuffer.allocate(start.length + before.length + known.length + end.length)
                .put(start)
                .put(before)
                .put(known)
                .put(end)
                .array();
    }

    /// What a file begins with.
    record Header(String id, long first) {
        int bytes() {
            return FIXED_BYTES + id.getBytes(StandardCharsets.UTF_8).length + Integer.BYTES;
        }

        byte[] written() {
            var name = id.getBytes(StandardCharsets.UTF_8);
            var out =
                    ByteBuffer.allocate(bytes())
                            .put(LETTERS)
                            .putInt(VERSION)
                            .putLong(first)
                            .putShort((short) name.length)
                            .put(name);
            return out.putInt(Span.sum(out.array(), 0, out.position())).array();
        }

        /// Nothing when the file does not begin like that.
        static Optional<Header> read(Disk.Handle file) throws IOException {
            long size = file.size();
            if (size < FIXED_BYTES + Integer.BYTES) {
                return Optional.empty();
            }
            var fixed = ByteBuffer.wrap(file.read(0, FIXED_BYTES));
            int length = Short.toUnsignedInt(fixed.getShort(FIXED_BYTES - Short.BYTES));
            if (size < FIXED_BYTES + length + Integer.BYTES) {
                return Optional.empty();
            }
            var name = file.read(FIXED_BYTES, length);
            var header =
                    new Header(
                            new String(name, StandardCharsets.UTF_8),
                            fixed.getLong(LETTERS.length + Integer.BYTES));
            var found = file.read(0, FIXED_BYTES + length + Integer.BYTES);
            return ByteBuffer.wrap(found).equals(ByteBuffer.wrap(header.written()))
                    ? Optional.of(header)
                    : Optional.empty();
        }
    }
}
