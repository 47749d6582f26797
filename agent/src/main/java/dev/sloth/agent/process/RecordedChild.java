package dev.sloth.agent.process;

import dev.sloth.api.plugin.Processes.Ended;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Optional;

/// A command under the shim: its files are read while they grow, until the shim has ended. Used by
/// one thread.
final class RecordedChild implements AutoCloseable {
    /// How soon new output is looked for: between these two, the longer the longer none came.
    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

    private static final Duration LOOK_AGAIN_MAX = Duration.ofMillis(16);

    /// Of one that we had to kill, and its shim with it.
    private static final int KILLED = 137;

    private final CommandRecord record;
    private final Life life;
    private final ProcessTree tree;
    private final ProcessConfig config;
    private final RecordedOutput output;
    private final long began = System.nanoTime();
    private long exitSeen;
    private boolean exited;
    private boolean holdersEnded;

    RecordedChild(
            CommandRecord record, Life life, ProcessTree tree, ProcessConfig config, LineSink sink)
            throws IOException {
        this.record = record;
        this.life = life;
        this.tree = tree;
        this.config = config;
        this.output = new RecordedOutput(record, config.lineMax(), sink);
    }

    /// What came of it; empty when nobody can tell: then nothing of it lives any more.
    ///
    /// @param limit zero means none
    Optional<Ended> await(Duration limit) throws IOException, InterruptedException {
        try {
            boolean inTime = follow(limit);
            if (!inTime) {
                tree.end(config.termGrace(), config.killWait());
                follow(Duration.ZERO);
            }
            output.finish();
            return ended(!inTime);
        } catch (ClosedByInterruptException _) {
            // The interrupt met us while we were reading, and stands.
            Thread.interrupted();
            var interrupt = new InterruptedException();
            endNow(interrupt);
            throw interrupt;
        } catch (InterruptedException | IOException | RuntimeException e) {
            endNow(e);
            throw e;
        }
    }

    /// Hands on the output until the shim has ended; false when the time was up before.
    private boolean follow(Duration limit) throws IOException, InterruptedException {
        var pause = LOOK_AGAIN;
        while (true) {
            // Asked before reading: what is read after the end is complete.
            boolean over = life.over();
            boolean more = output.advance();
            if (more) {
                pause = LOOK_AGAIN;
            } else if (over) {
                return true;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (!limit.isZero() && !over && since(began).compareTo(limit) >= 0) {
                return false;
            }
            endHolders();
            if (!more) {
                life.await(pause);
                pause = longer(pause);
            }
        }
    }

    private static Duration since(long moment) {
        return Duration.ofNanos(System.nanoTime() - moment);
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LOOK_AGAIN_MAX) < 0 ? twice : LOOK_AGAIN_MAX;
    }

    /// Whoever still holds the outputs a while after the command itself has ended is ended.
    private void endHolders() throws IOException {
        if (!exited && record.exitCode().isPresent()) {
            exited = true;
            exitSeen = System.nanoTime();
        }
        if (exited && !holdersEnded && since(exitSeen).compareTo(config.pipeGrace()) >= 0) {
            holdersEnded = true;
            tree.end(Duration.ZERO, config.killWait());
        }
    }

    /// Whatever keeps us from waiting, nothing of the command lives on without us. What it says
    /// while it ends is handed on too.
    private void endNow(Exception cause) {
        try {
            tree.end(config.termGrace(), config.killWait());
            output.drain();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private Optional<Ended> ended(boolean timedOut) throws IOException {
        output.rethrow();
        var code = record.exitCode().or(() -> timedOut ? Optional.of(KILLED) : Optional.empty());
        if (code.isEmpty()) {
            tree.end(Duration.ZERO, config.killWait());
            return Optional.empty();
        }
        int max = config.keptMax();
        return Optional.of(
                new Ended(
                        code.get(),
                        output.stdout().head(max),
                        output.stderr().head(max),
                        timedOut,
                        output.stdout().longerThan(max) || output.stderr().longerThan(max),
                        since(began)));
    }

    @Override
    public void close() throws IOException {
        output.close();
    }
}
