package dev.sloth.core.log;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.sloth.core.store.LogStore.Chunk;
import dev.sloth.core.store.StoreFailure;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The lines of a chunk, decoded one after the other; [Draft] tells how they are written.
final class Lines {
    static final int NUMBER_BYTES_MAX = 10;

    private final Chunk chunk;
    private final byte[] bytes;
    private Instant at = Instant.EPOCH;
    private String channel = "";
    private int used;
    private int given;
    private long size;

    /// @throws StoreFailure `DAMAGED` when it is not what was written
    Lines(Chunk chunk) {
        this.chunk = chunk;
        this.bytes = unpacked();
        if (number(1) != Draft.FORMAT) {
            throw damaged();
        }
    }

    private byte[] unpacked() {
        long length = chunk.zstd().length == 0 ? 0 : Zstd.getFrameContentSize(chunk.zstd());
        long most = 1 + chunk.size() + (long) chunk.lines() * Draft.HEAD_MAX;
        if (length < 1 || length > most) {
            throw damaged();
        }
        try {
            return Zstd.decompress(chunk.zstd(), Math.toIntExact(length));
        } catch (ZstdException | ArithmeticException e) {
            throw damaged(e);
        }
    }

    boolean more() {
        return given < chunk.lines();
    }

    /// The next line with its place in the attempt. There must be one.
    ///
    /// @throws StoreFailure `DAMAGED` when it is not what was written
    LoggedLine next() {
        long number = chunk.firstLine() + given;
        long offset = chunk.offset() + size;
        var line = line();
        given++;
        boolean whole = size == chunk.size() && used == bytes.length;
        if (given == chunk.lines() && !whole) {
            throw damaged();
        }
        return new LoggedLine(chunk.id(), number, offset, line);
    }

    private LogLine line() {
        int named = length();
        if (named > 0) {
            channel = new String(bytes, take(named), named, StandardCharsets.US_ASCII);
        }
        long step = number(NUMBER_BYTES_MAX);
        int length = length();
        size += length + 1L;
        try {
            at = at.plus((step >>> 1) ^ -(step & 1), ChronoUnit.MICROS);
            return new LogLine(
                    at, channel, new String(bytes, take(length), length, StandardCharsets.UTF_8));
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw damaged(e);
        }
    }

    private int length() {
        long n = number(NUMBER_BYTES_MAX);
        if (n < 0 || n > bytes.length - used) {
            throw damaged();
        }
        return (int) n;
    }

    /// Where so many bytes start.
    private int take(int length) {
        int start = used;
        used += length;
        return start;
    }

    private long number(int bytesMax) {
        long n = 0;
        for (int i = 0; i < bytesMax && used < bytes.length; i++) {
            byte b = bytes[used++];
            n |= (b & 0x7FL) << (7 * i);
            if (b >= 0) {
                return n;
            }
        }
        throw damaged();
    }

    private StoreFailure damaged() {
        return damaged(new IllegalStateException("it is not what was written"));
    }

    private StoreFailure damaged(RuntimeException cause) {
        return new StoreFailure(
                StoreFailure.Reason.DAMAGED,
                "chunk %d of the output of %s is damaged".formatted(chunk.number(), chunk.id()),
                cause);
    }
}
