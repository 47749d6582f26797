package dev.sloth.dsl;

import dev.sloth.api.plugin.Processes;
import dev.sloth.lua.value.HostProcesses;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A command at the other end of a pipe that has a name: what is read is what it says right then,
/// and what it says when nobody reads waits in the system, which holds little and lets it wait.
///
/// The command's own shell makes the pipe, for it may run as another user than we. Opening either
/// end waits for the other.
final class ShellPipe implements HostProcesses.Started {
    private static final String SHELL = "/bin/sh";

    /// Its arguments: the line, the pipe.
    private static final String MAKES_PIPE = "mkfifo -m 600 \"$1\" && exec ";

    private static final String THEN_RUNS = "\"$1\" && exec " + SHELL + " -c \"$0\"";

    /// The exit code of one that was stopped, as of one that SIGTERM ended.
    private static final int STOPPED = 128 + 15;

    /// What is kept beside: enough to say why there is no pipe.
    private static final int KEPT_MAX = 32 << 10;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);
    private static final Duration LOOK_AGAIN_MAX = Duration.ofMillis(20);

    private final Path place;
    private final OpenOption way;
    private final FutureTask<Processes.Ended> ended;
    private final FutureTask<FileChannel> opened = new FutureTask<>(this::opened);
    private final Thread runner;

    private ShellPipe(Processes processes, Processes.Command command, Path place, OpenOption way) {
        this.place = place;
        this.way = way;
        this.ended =
                new FutureTask<>(() -> {
                    try {
                        return processes.run(command);
                    } finally {
                        letGo();
                    }
                });
        this.runner = Thread.ofVirtual().name("popen").unstarted(ended);
    }

    /// Starts a shell's line.
    ///
    /// @param place where nothing is yet, and both we and the command may write
    /// @throws IOException when there is no such pipe to be had, saying why
    static ShellPipe start(
            Processes processes, String line, Path folder, Path place, boolean writing)
            throws IOException, InterruptedException {
        var room = new AtomicInteger(KEPT_MAX);
        var command =
                Processes.Command.of(
                                List.of(
                                        SHELL,
                                        "-c",
                                        MAKES_PIPE + (writing ? "<" : ">") + THEN_RUNS,
                                        line,
                                        place.toString()),
                                folder)
                        .quiet(!writing)
                        .room(bytes -> room.addAndGet(-bytes) >= 0);
        var way = writing ? StandardOpenOption.WRITE : StandardOpenOption.READ;
        var pipe = new ShellPipe(processes, command, place, way);
        pipe.begin();
        return pipe;
    }

    private void begin() throws IOException, InterruptedException {
        runner.start();
        // A thread of the system's own: a virtual one would hold on to its carrier.
        Thread.ofPlatform().daemon().name("popen-open").start(opened);
        try {
            var _ = opened.get();
        } catch (InterruptedException e) {
            stop();
            throw e;
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private static IOException failure(Throwable cause) {
        return cause instanceof IOException failed
                ? failed
                : new IOException("the command failed: " + cause, cause);
    }

    private FileChannel opened() throws IOException {
        var pause = LOOK_AGAIN;
        while (!Files.exists(place)) {
            if (ended.isDone()) {
                throw new IOException(whyNot());
            }
            LockSupport.parkNanos(pause.toNanos());
            var longer = pause.multipliedBy(2);
            pause = longer.compareTo(LOOK_AGAIN_MAX) < 0 ? longer : LOOK_AGAIN_MAX;
        }
        try {
            return FileChannel.open(place, way);
        } finally {
            Files.deleteIfExists(place);
        }
    }

    private String whyNot() throws IOException {
        try {
            var said = new String(ended.get().stderr(), StandardCharsets.UTF_8).strip();
            return said.isEmpty() ? "there is no pipe to the command" : said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    /// Whoever still waits for the other end of the pipe need not wait: the command has ended
    /// before it came there.
    private void letGo() {
        boolean interrupted = Thread.interrupted();
        try (var _ = FileChannel.open(place, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            while (!opened.isDone()) {
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
                interrupted |= Thread.interrupted();
            }
        } catch (IOException _) {
            // nobody waits: there never was a pipe, or it is open
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private FileChannel channel() {
        return opened.resultNow();
    }

    @Override
    public InputStream output() {
        return Channels.newInputStream(channel());
    }

    @Override
    public OutputStream input() {
        return Channels.newOutputStream(channel());
    }

    @Override
    public int await() throws InterruptedException {
        try {
            return ended.get().exitCode();
        } catch (InterruptedException e) {
            stop();
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException
                    || e.getCause() instanceof IOException) {
                return STOPPED;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void stop() {
        runner.interrupt();
    }
}
