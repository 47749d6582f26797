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
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/// A command at the other end of a pipe that has a name: what is read is what it says right then,
/// and what it says when nobody reads waits in the system, which holds little and lets it wait.
///
/// Opening either end waits for the other.
final class ShellPipe implements HostProcesses.Started {
    private static final String SHELL = "/bin/sh";

    /// Where the command's shell finds the pipe: its arguments could be read by anybody.
    private static final String PLACE = "SLOTH_PIPE";

    private static final String THEN_RUNS =
            "\"$SLOTH_PIPE\" && unset SLOTH_PIPE && exec " + SHELL + " -c \"$0\"";

    /// The exit code of one that was stopped, as of one that SIGTERM ended.
    private static final int STOPPED = 128 + 15;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

    private final Path place;
    private final Path folder;
    private final OpenOption way;
    private final FutureTask<Processes.Ended> ended;
    private final FutureTask<FileChannel> opened = new FutureTask<>(this::opened);
    private final Thread runner;

    /// Whether the command may have ended before its end of the pipe was open.
    private volatile boolean neverCame;

    private ShellPipe(Processes processes, Processes.Command command, Path place, OpenOption way) {
        this.place = place;
        this.folder = place.resolveSibling("").toAbsolutePath();
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
    /// @throws IOException when there is no pipe to be had, saying why
    static ShellPipe start(Processes processes, String line, Path folder, boolean writing)
            throws IOException, InterruptedException {
        var place = made(processes, folder);
        var command =
                Processes.Command.of(
                                List.of(
                                        SHELL,
                                        "-c",
                                        "exec " + (writing ? "<" : ">") + THEN_RUNS,
                                        line),
                                folder)
                        .environment(Map.of(PLACE, place.toString()))
                        .quiet(!writing)
                        .room(_ -> false);
        var way = writing ? StandardOpenOption.WRITE : StandardOpenOption.READ;
        var pipe = new ShellPipe(processes, command, place, way);
        pipe.begin();
        return pipe;
    }

    /// A new pipe. The command may run as another user than we, so all may open it; but nobody else
    /// can find it, in a folder that does not list what it holds.
    private static Path made(Processes processes, Path from)
            throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("sloth-pipe-").toAbsolutePath();
        try {
            var first = folder.resolve("pipe");
            var make =
                    Processes.Command.of(List.of("mkfifo", first.toString()), from)
                            .user(System.getProperty("user.name"))
                            .quiet(true);
            var ended = processes.run(make);
            if (!Files.exists(first)) {
                var said = new String(ended.stderr(), StandardCharsets.UTF_8).strip();
                throw new IOException("there is no pipe to the command: " + said);
            }
            // the first name could be seen by whoever looked at the arguments
            var place = Files.createTempFile(folder, "", "");
            Files.move(first, place, StandardCopyOption.ATOMIC_MOVE);
            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rw-rw-rw-"));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            return place;
        } catch (IOException | InterruptedException | RuntimeException e) {
            remove(folder);
            throw e;
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var held = Files.newDirectoryStream(folder)) {
            for (var each : held) {
                Files.deleteIfExists(each);
            }
        }
        Files.deleteIfExists(folder);
    }

    private void begin() throws IOException, InterruptedException {
        runner.start();
        // A thread of the system's own: a virtual one would hold on to its carrier.
        Thread.ofPlatform().daemon().name("popen-open").start(opened);
        try {
            var _ = opened.get();
            if (neverCame) {
                var _ = ended.get();
            }
        } catch (InterruptedException e) {
            stop();
            throw e;
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private static IOException failure(ExecutionException e) {
        return e.getCause() instanceof IOException failed
                ? failed
                : new IOException("the command failed: " + e.getCause(), e);
    }

    private FileChannel opened() throws IOException {
        try {
            return FileChannel.open(place, way);
        } finally {
            remove(folder);
        }
    }

    /// Whoever still waits for the other end of the pipe need not wait: the command has ended
    /// before it came there.
    private void letGo() {
        boolean interrupted = Thread.interrupted();
        try (var _ = FileChannel.open(place, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            neverCame = true;
            while (!opened.isDone()) {
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
                interrupted |= Thread.interrupted();
            }
        } catch (IOException _) {
            // nobody waits: the pipe is open
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
