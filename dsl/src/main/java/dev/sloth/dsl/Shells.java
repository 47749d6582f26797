package dev.sloth.dsl;

import dev.sloth.api.plugin.Processes;
import dev.sloth.lua.value.HostProcesses;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// Runs the commands of `os.execute` and `io.popen` as all others are run.
public final class Shells implements HostProcesses {
    private static final String SHELL = "/bin/sh";

    private final Supplier<Processes> processes;
    private final Supplier<Path> folder;

    /// Both are asked for each command.
    public Shells(Supplier<Processes> processes, Supplier<Path> folder) {
        this.processes = processes;
        this.folder = folder;
    }

    @Override
    public int execute(String command) throws IOException, InterruptedException {
        return processes.get().run(command(command)).exitCode();
    }

    private Processes.Command command(String line) {
        return Processes.Command.shell(SHELL, line, folder.get());
    }

    @Override
    public Started start(String line, boolean writing) {
        var command = command(line).quiet(!writing);
        return new Pipe(input -> processes.get().run(command.stdin(input)), !writing);
    }

    /// What runs once its input is known.
    @FunctionalInterface
    private interface Run {
        Processes.Ended with(byte[] input) throws IOException, InterruptedException;
    }

    /// A process at the other end of a pipe: one that reads starts when all is written.
    private static final class Pipe implements Started {
        /// The exit code of one that was stopped, as of one that SIGTERM ended.
        private static final int STOPPED = 128 + 15;

        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private final FutureTask<Processes.Ended> ended;
        private final Thread thread;

        Pipe(Run run, boolean now) {
            ended = new FutureTask<>(() -> run.with(written.toByteArray()));
            thread = Thread.ofVirtual().name("popen").unstarted(ended);
            if (now) {
                thread.start();
            }
        }

        @Override
        public InputStream output() {
            return new Output(this);
        }

        @Override
        public OutputStream input() {
            return written;
        }

        @Override
        public int await() throws InterruptedException {
            if (thread.getState() == Thread.State.NEW) {
                thread.start();
            }
            try {
                return ended.get().exitCode();
            } catch (InterruptedException e) {
                stop();
                throw e;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof InterruptedException) {
                    return STOPPED;
                }
                throw new IllegalStateException(e.getCause());
            }
        }

        byte[] all() throws IOException, InterruptedException {
            try {
                return ended.get().stdout();
            } catch (InterruptedException e) {
                stop();
                throw e;
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException failed
                        ? failed
                        : new IOException("the command failed: " + e.getCause(), e);
            }
        }

        @Override
        public void stop() {
            thread.interrupt();
        }
    }

    /// What a process printed, once it has ended.
    private static final class Output extends InputStream {
        private final Pipe pipe;
        private InputStream bytes = InputStream.nullInputStream();
        private boolean begun;

        Output(Pipe pipe) {
            this.pipe = pipe;
        }

        private InputStream bytes() throws IOException {
            if (!begun) {
                try {
                    bytes = new ByteArrayInputStream(pipe.all());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted", e);
                }
                begun = true;
            }
            return bytes;
        }

        @Override
        public int read() throws IOException {
            return bytes().read();
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            return bytes().read(into, from, count);
        }
    }
}
