package dev.sloth.agent.spool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.zip.CRC32C;

/// The pieces that a file of lines is made of, as bytes.
///
/// Each begins with how many bytes follow that are summed, and the CRC-32C of that number and of
/// them. They are a byte of its kind, and then: of a line eight bytes of its time in microseconds
/// since 1970, one for the length of the channel, the channel and the text; of what the master has
/// stored eight for how many lines that are; of the end nothing; of the counts, which are of all
/// lines before, what [Counts] writes. All numbers have the highest byte first.
final class LogRecord {
    static final int HEADER_BYTES = 8;
    static final byte LINE = 1;
    static final byte STORED = 2;
    static final byte ENDED = 3;
    static final byte COUNTS = 4;

    /// How long a channel may be, in bytes of UTF-8.
    static final int CHANNEL_BYTES_MAX = 127;

    private static final int LINE_BYTES = 10;

    private LogRecord() {}

    static byte[] line(String channel, Instant at, String text) {
        var source = channel.getBytes(StandardCharsets.UTF_8);
        if (source.length > CHANNEL_BYTES_MAX) {
            throw new IllegalArgumentException("too long for a channel: " + channel);
        }
        var words = text.getBytes(StandardCharsets.UTF_8);
        var bytes = begun(LINE_BYTES + source.length + words.length);
        body(bytes)
                .put(LINE)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, at))
                .put((byte) source.length)
                .put(source)
                .put(words);
        return sealed(bytes);
    }

    static byte[] stored(long lines) {
        var bytes = begun(1 + Long.BYTES);
        body(bytes).put(STORED).putLong(lines);
        return sealed(bytes);
    }

    static byte[] ended() {
        var bytes = begun(1);
        body(bytes).put(ENDED);
        return sealed(bytes);
    }

    static byte[] counts(Counts counts) {
        var written = counts.written();
        var bytes = begun(1 + written.length);
        body(bytes).put(COUNTS).put(written);
        return sealed(bytes);
    }

    private static byte[] begun(int length) {
        var bytes = new byte[HEADER_BYTES + length];
        ByteBuffer.wrap(bytes).putInt(length);
        return bytes;
    }

    private static ByteBuffer body(byte[] bytes) {
        return ByteBuffer.wrap(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
    }

    private static byte[] sealed(byte[] bytes) {
        ByteBuffer.wrap(bytes).putInt(Integer.BYTES, sum(bytes, 0, bytes.length));
        return bytes;
    }

    /// The sum that a record must have, without its own place.
    static int sum(byte[] bytes, int offset, int length) {
        var sum = new CRC32C();
        sum.update(bytes, offset, Integer.BYTES);
        sum.update(bytes, offset + HEADER_BYTES, length - HEADER_BYTES);
        return (int) sum.getValue();
    }
}
