package dev.sloth.agent.process;

import dev.sloth.api.plugin.Processes.Command;
import dev.sloth.api.plugin.Processes.Ended;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// One running child and its pipes.
final class Child {
    private final Process process;
    private final ProcessTree tree;
    private final ProcessConfig config;
    private final Command command;
    private final LineSink sink;
    private final long began;
    private final Output stdout;
    private final Output stderr;
    private final ReentrantLock oneLineAtATime = new ReentrantLock();

    Child(
            Process process,
            ProcessTree tree,
            ProcessConfig config,
            Command command,
            LineSink sink,
            long began) {
        this.process = process;
        this.tree = tree;
        this.config = config;
        this.command = command;
        this.sink = sink;
        this.began = began;
        this.stdout =
                new Output(
                        process.getInputStream(),
                        process::isAlive,
                        config,
                        command.room(),
                        sink.filter(),
                        taker(LineSink.Stream.STDOUT));
        this.stderr =
                new Output(
                        process.getErrorStream(),
                        process::isAlive,
                        config,
                        command.room(),
                        sink.filter(),
                        taker(LineSink.Stream.STDERR));
    }

    private Consumer<String> taker(LineSink.Stream stream) {
        if (command.quiet()) {
            return _ -> {};
        }
        return line -> {
            oneLineAtATime.lock();
            try {
                sink.line(stream, line);
            } finally {
                oneLineAtATime.unlock();
            }
        };
    }

    void open(Executor threads) {
        threads.execute(stdout);
        threads.execute(stderr);
        if (command.stdin().length > 0) {
            threads.execute(this::write);
        }
    }

    private void write() {
        try (var pipe = process.getOutputStream()) {
            pipe.write(command.stdin());
        } catch (IOException _) {
            // A child may end, or close its input, without having read all of it.
        }
    }

    Ended await() throws IOException, InterruptedException {
        try {
            boolean inTime = exited();
            if (!inTime) {
                tree.end(config.termGrace(), config.killWait());
            }
            drain();
            process.waitFor();
            return ended(!inTime);
        } catch (InterruptedException e) {
            endNow(e);
            throw e;
        }
    }

    private boolean exited() throws InterruptedException {
        if (command.timeout().isZero()) {
            process.waitFor();
            return true;
        }
        long left = command.timeout().toNanos() - (System.nanoTime() - began);
        return process.waitFor(left, TimeUnit.NANOSECONDS);
    }

    /// Waits for the rest of the output. Whoever still holds the pipes after the grace is ended; if
    /// even that does not free them, we go on with what we have.
    private void drain() throws IOException, InterruptedException {
        if (outputsEnd(config.pipeGrace()) && !isHeldOn(config.pipeGrace())) {
            return;
        }
        tree.end(Duration.ZERO, config.killWait());
        if (!outputsEnd(config.pipeGrace())) {
            stdout.abandon();
            stderr.abandon();
        }
    }

    private boolean isHeldOn(Duration grace) throws IOException {
        return (stdout.cutShort() || stderr.cutShort()) && !tree.letsGoOfPipes(grace);
    }

    private boolean outputsEnd(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        return stdout.await(atMost)
                && stderr.await(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }

    private void endNow(InterruptedException interrupt) {
        try {
            tree.end(config.termGrace(), config.killWait());
        } catch (IOException e) {
            interrupt.addSuppressed(e);
        } finally {
            stdout.abandon();
            stderr.abandon();
        }
    }

    private Ended ended(boolean timedOut) {
        stdout.rethrow();
        stderr.rethrow();
        return new Ended(
                process.exitValue(),
                stdout.kept(),
                stderr.kept(),
                timedOut,
                stdout.truncated() || stderr.truncated(),
                Duration.ofNanos(System.nanoTime() - began));
    }
}
