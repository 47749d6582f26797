package dev.sloth.agent.process;

import dev.sloth.api.plugin.Processes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One of a child's two outputs: read to its end by a thread of its own, which never waits for
/// anything but the pipe and the taker of lines. Only that thread writes the fields.
final class Output implements Runnable {
    private static final int CHUNK = 16 << 10;

    private final InputStream pipe;
    private final BooleanSupplier childLives;
    private final int keptMax;
    private final Processes.Room more;
    private final ByteFilter filter;
    private final LineSplitter lines;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private volatile boolean truncated;
    private volatile boolean cutShort;
    private volatile boolean abandoned;
    private volatile @Nullable RuntimeException refused;

    /// @param childLives whether the child itself has yet to end
    /// @param more room for what is kept
    Output(
            InputStream pipe,
            BooleanSupplier childLives,
            ProcessConfig config,
            Processes.Room more,
            ByteFilter filter,
            Consumer<String> taker) {
        this.pipe = pipe;
        this.childLives = childLives;
        this.more = more;
        this.filter = filter;
        this.keptMax = config.keptMax();
        this.lines = new LineSplitter(config.lineMax(), taker);
    }

    @Override
    public void run() {
        // When a child exits, the JDK closes its pipes under this monitor, with all that its own
        // children may yet write. Holding it keeps them open for as long as we read.
        synchronized (pipe) {
            cutShort = !childLives.getAsBoolean();
            try (pipe) {
                read();
            } catch (IOException _) {
                // The pipe broke with the child: what came before is all there is.
                finish();
            } finally {
                ended.countDown();
            }
        }
    }

    private void read() throws IOException {
        var chunk = new byte[CHUNK];
        for (int n = pipe.read(chunk); n >= 0; n = pipe.read(chunk)) {
            take(chunk, n);
        }
        finish();
    }

    private void take(byte[] chunk, int count) {
        if (abandoned) {
            return;
        }
        int room = Math.min(count, keptMax - kept.size());
        if (truncated || (room > 0 && !more.has(room))) {
            room = 0;
        }
        kept.write(chunk, 0, room);
        if (room < count) {
            truncated = true;
        }
        guarded(() -> filter.take(chunk, count, lines::take));
    }

    private void finish() {
        if (!abandoned) {
            guarded(() -> {
                filter.finish(lines::take);
                lines.finish();
            });
        }
    }

    /// A taker that fails is not asked again; the child is still read, or it would hang.
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

    boolean await(Duration atMost) throws InterruptedException {
        return ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Whether the child may have ended before we held the pipe: then the end of the output says
    /// nothing of whether others hold it.
    boolean cutShort() {
        return cutShort;
    }

    /// From now on nothing is kept or handed on any more, but for a line under way.
    void abandon() {
        abandoned = true;
    }

    byte[] kept() {
        return kept.toByteArray();
    }

    boolean truncated() {
        return truncated;
    }

    void rethrow() {
        var cause = refused;
        if (cause != null) {
            throw new IllegalStateException("the taker of a child's lines failed", cause);
        }
    }
}
