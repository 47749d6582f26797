package dev.sloth.core.log;

import com.github.luben.zstd.ZstdCompressCtx;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.core.store.LogStore.Chunk;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/// Lines that will become one chunk, encoded as they come; [Lines] reads them.
///
/// The encoding is a byte with its version, then for each line: the length of its channel and the
/// channel, or 0 for that of the line before; the microseconds since the line before, the first
/// since 1970; the length of the text in bytes, and the text. Numbers are 7 bits a byte, lowest
/// first, the highest bit set in all but the last; times may go backwards, so their sign is the
/// lowest bit. All that is one zstd frame with its checksum.
final class Draft {
    static final byte FORMAT = 1;

    /// The most that a line takes beside its text: a channel, and three numbers.
    static final int HEAD_MAX = LogLine.CHANNEL_MAX + 3 * Lines.NUMBER_BYTES_MAX;

    private static final int LEVEL = 3;
    private static final int FIRST_BYTES = 256;

    private final AttemptId id;
    private final Instant firstAt;
    private Instant lastAt = Instant.EPOCH;
    private String channel = "";
    private byte[] bytes = new byte[FIRST_BYTES];
    private int used;
    private int lines;
    private long size;

    /// @param at when its first line came
    Draft(AttemptId id, Instant at) {
        this.id = id;
        this.firstAt = at;
        bytes[used++] = FORMAT;
    }

    AttemptId id() {
        return id;
    }

    Instant firstAt() {
        return firstAt;
    }

    /// Of text, ends of lines included.
    long size() {
        return size;
    }

    /// What it takes in memory, about.
    int held() {
        return used;
    }

    /// Whether times would go backwards in it: within a chunk they never do.
    boolean before(Instant at) {
        return lines > 0 && at.isBefore(lastAt);
    }

    void add(LogLine line, byte[] text) {
        reserve(HEAD_MAX + text.length);
        boolean same = line.channel().equals(channel);
        number(same ? 0 : line.channel().length());
        if (!same) {
            channel = line.channel();
            raw(channel.getBytes(StandardCharsets.US_ASCII));
        }
        long step = ChronoUnit.MICROS.between(lastAt, line.at());
        number((step << 1) ^ (step >> 63));
        number(text.length);
        raw(text);
        lastAt = line.at();
        lines++;
        size += text.length + 1L;
    }

    /// The chunk that follows what is stored.
    Chunk chunk(Tail tail) {
        return new Chunk(
                id, tail.chunks(), tail.lines(), lines, tail.size(), size, firstAt, lastAt, zstd());
    }

    private byte[] zstd() {
        try (var context = new ZstdCompressCtx()) {
            context.setLevel(LEVEL).setChecksum(true);
            return context.compress(Arrays.copyOf(bytes, used));
        }
    }

    private void reserve(int more) {
        int needed = Math.addExact(used, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
    }

    private void raw(byte[] all) {
        System.arraycopy(all, 0, bytes, used, all.length);
        used += all.length;
    }

    private void number(long n) {
        long rest = n;
        while ((rest & ~0x7FL) != 0) {
            bytes[used++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[used++] = (byte) rest;
    }
}
