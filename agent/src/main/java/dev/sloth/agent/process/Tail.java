package dev.sloth.agent.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One output of a recorded command, handed on line by line as its file grows. Used by one thread.
final class Tail implements AutoCloseable {
    private static final int CHUNK = 16 << 10;

    /// After so much the other output has its turn.
    private static final int CHUNKS_AT_ONCE = 16;

    /// No channel: an interrupt would close it, and what the command says last would be lost.
    private final RandomAccessFile file;

    private final ByteFilter filter;
    private final LineSplitter lines;
    private final byte[] chunk = new byte[CHUNK];
    private long position;
    private @Nullable RuntimeException refused;

    Tail(Path path, int lineMax, ByteFilter filter, Consumer<String> taker) throws IOException {
        this.filter = filter;
        this.file = new RandomAccessFile(path.toFile(), "r");
        this.lines = new LineSplitter(lineMax, taker);
    }

    /// Hands on some of what is there; false when there was nothing new.
    boolean advance() throws IOException {
        int read = 0;
        for (int i = 0; i < CHUNKS_AT_ONCE; i++) {
            file.seek(position);
            int n = file.read(chunk);
            if (n <= 0) {
                break;
            }
            position += n;
            read += n;
            guarded(() -> filter.take(chunk, n, lines::take));
        }
        return read > 0;
    }

    void finish() {
        guarded(() -> {
            filter.finish(lines::take);
            lines.finish();
        });
    }

    /// A taker that fails is not asked again, but the command is still waited for.
    private void guarded(Runnable handing) {
        if (refused != null) {
            return;
        }
        try {
            handing.run();
        } catch (RuntimeException e) {
            refused = e;
        }
    }

    void rethrow() {
        if (refused != null) {
            throw new IllegalStateException("the taker of a child's lines failed", refused);
        }
    }

    /// The first bytes of it all, up to a limit.
    byte[] head(int max) throws IOException {
        var bytes = new byte[(int) Math.min(max, file.length())];
        file.seek(0);
        file.readFully(bytes);
        return bytes;
    }

    boolean longerThan(int max) throws IOException {
        return file.length() > max;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
