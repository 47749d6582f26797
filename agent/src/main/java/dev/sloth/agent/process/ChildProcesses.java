package dev.sloth.agent.process;

import dev.sloth.api.plugin.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// Real child processes on Linux. Safe for use by many threads at once.
///
/// Threads that read pipes are platform threads, kept for the next child: a virtual thread that
/// reads a pipe holds on to its carrier, and a few hundred silent children would stop every other
/// virtual thread.
public final class ChildProcesses implements Processes, AutoCloseable {
    /// Two outputs and one input.
    private static final int THREADS_PER_CHILD = 3;

    private static final int IDLE_SECONDS = 10;

    private final ProcessConfig config;
    private final Launch launch;
    private final ExecutorService threads;
    private final Semaphore room;
    private final String markPrefix;
    private final AtomicLong count = new AtomicLong();

    /// `random` makes the mark by which our processes are told from those of others.
    public ChildProcesses(ProcessConfig config, RandomGenerator random) {
        this.config = config;
        this.launch = new Launch(config);
        this.room = new Semaphore(config.childrenMax());
        this.markPrefix = "%016x-".formatted(random.nextLong());
        this.threads =
                new ThreadPoolExecutor(
                        0,
                        config.childrenMax() * THREADS_PER_CHILD * 2,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        Thread.ofPlatform().daemon().name("child-io-", 0).factory());
    }

    /// The same processes, with their lines handed to `sink` except those of quiet commands.
    public Processes streaming(LineSink sink) {
        return command -> run(command, sink);
    }

    @Override
    public Ended run(Command command) throws IOException, InterruptedException {
        return run(command, (_, _) -> {});
    }

    private Ended run(Command command, LineSink sink) throws IOException, InterruptedException {
        room.acquire();
        try {
            var mark = markPrefix + count.incrementAndGet() + ".";
            long began = System.nanoTime();
            var process = launch.start(command, mark);
            var tree = new ProcessTree(process, Launch.MARK + "=" + mark);
            var child = new Child(process, tree, config, command, sink, began);
            try {
                child.open(threads);
            } catch (RejectedExecutionException e) {
                process.destroyForcibly();
                throw new IOException("no more processes are started: we are closing", e);
            }
            return child.await();
        } finally {
            room.release();
        }
    }

    /// Kills every process that was ever started here and is still there, without waiting for any:
    /// for those who end themselves next. What came of a child is found by the mark that it has
    /// inherited, even when its parent has gone.
    public void killAll() {
        var mark = (Launch.MARK + "=" + markPrefix).getBytes(StandardCharsets.UTF_8);
        try {
            for (var row : ProcessTable.living()) {
                if (ProcessTable.marked(row, mark)) {
                    ProcessHandle.of(row.pid()).ifPresent(ProcessHandle::destroyForcibly);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for processes to kill", e);
        }
    }

    /// Ends the threads that nobody needs any more; children that run are not touched.
    @Override
    public void close() {
        threads.shutdown();
    }
}
