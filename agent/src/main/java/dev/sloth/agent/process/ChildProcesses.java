package dev.sloth.agent.process;

import dev.sloth.api.plugin.Processes;
import dev.sloth.api.workflow.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

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

    private volatile Consumer<Problem> news = ChildProcesses::log;

    /// The marks of those that run now.
    private final Set<String> running = ConcurrentHashMap.newKeySet();

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

    private static void log(Problem problem) {
        System.getLogger(ChildProcesses.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        "{0} ({1}); {2}",
                        problem.message(),
                        problem.code(),
                        problem.remedy());
    }

    /// Says who hears from now on what keeps commands waiting; the log does unless said.
    public void tell(Consumer<Problem> listener) {
        news = listener;
    }

    /// The same processes, with their lines handed to `sink` except those of quiet commands.
    public Processes streaming(LineSink sink) {
        return command -> run(command, markPrefix, sink);
    }

    /// The same for one attempt: its processes can be found again by its mark.
    public Processes streaming(ProcessMark mark, LineSink sink) {
        return command -> run(command, mark.others() + markPrefix, sink);
    }

    @Override
    public Ended run(Command command) throws IOException, InterruptedException {
        return run(command, markPrefix, (_, _) -> {});
    }

    private Ended run(Command command, String marks, LineSink sink)
            throws IOException, InterruptedException {
        room.acquire();
        var mark = marks + count.incrementAndGet() + ".";
        running.add(mark);
        try {
            long began = System.nanoTime();
            var process = launch.start(command, mark);
            var tree = ProcessTree.of(process, mark);
            var child = new Child(process, tree, config, command, sink, began);
            try {
                child.open(threads);
            } catch (RejectedExecutionException e) {
                process.destroyForcibly();
                throw new IOException("no more processes are started: we are closing", e);
            }
            return child.await();
        } finally {
            running.remove(mark);
            room.release();
        }
    }

    /// Kills what was started here and is still there, without waiting for any: for those who end
    /// themselves next. What came of a child is found by the mark that it has inherited, even when
    /// its parent has gone; of attempts, while one of their commands runs.
    public void killAll() {
        var marks = Stream.concat(Stream.of(markPrefix), running.stream()).map(Launch::marked);
        var all = marks.toList();
        try {
            var living = ProcessTable.living();
            var ours =
                    living.stream()
                            .filter(row ->
                                    all.stream().anyMatch(mark -> ProcessTable.marked(row, mark)));
            Signal.KILL.send(Members.of(ours.toList(), living));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for processes to kill", e);
        }
    }

    /// Runs a command that outlives us: a later process can [#attach] to it, or read from the
    /// record how it ended. The record must be new. While the disk is full it waits. Empty when it
    /// ended without saying how, as when all of it was killed from outside.
    public Optional<Ended> run(
            Command command, CommandRecord record, ProcessMark mark, LineSink sink)
            throws IOException, InterruptedException {
        room.acquire();
        try {
            var disk = new DiskRoom(record.folder(), config.roomWait(), news);
            while (true) {
                var process = started(command, record, mark, disk);
                var tree = ProcessTree.under(process, mark.command());
                var life = Life.of(process);
                var ended = follow(record, mark, life, tree, sink, command.timeout());
                if (ended.isPresent() || record.started().isPresent()) {
                    return ended;
                }
                if (!disk.comes()) {
                    throw new IOException(
                            "cannot record the command in %s: is the disk full?"
                                    .formatted(record.folder()));
                }
                record.forget();
            }
        } finally {
            room.release();
        }
    }

    private Process started(Command command, CommandRecord record, ProcessMark mark, DiskRoom disk)
            throws IOException, InterruptedException {
        while (true) {
            try {
                return launch.start(command, mark.command(), record);
            } catch (IOException e) {
                if (!disk.comes()) {
                    throw e;
                }
                record.forget();
            }
        }
    }

    /// Goes on with a command that [CommandRecord#fate] says is running or has exited: hands on its
    /// output from the start, waits for its end, and ends it when interrupted.
    public Optional<Ended> attach(CommandRecord record, ProcessMark mark, LineSink sink)
            throws IOException, InterruptedException {
        var shim = record.started();
        if (shim.isEmpty()) {
            throw new IOException("there is no command to go on with in " + record.folder());
        }
        var tree = ProcessTree.under(shim.get(), mark.command());
        try {
            room.acquire();
        } catch (InterruptedException e) {
            // It lives already, so it is ended even before we looked at it.
            tree.end(config.termGrace(), config.killWait());
            throw e;
        }
        try {
            return follow(record, mark, Life.of(shim.get()), tree, sink, Duration.ZERO);
        } finally {
            room.release();
        }
    }

    private Optional<Ended> follow(
            CommandRecord record,
            ProcessMark mark,
            Life life,
            ProcessTree tree,
            LineSink sink,
            Duration limit)
            throws IOException, InterruptedException {
        running.add(mark.command());
        try (var child = new RecordedChild(record, life, tree, config, sink)) {
            return child.await(limit);
        } finally {
            running.remove(mark.command());
        }
    }

    /// Hands on, from the start, what a command has written of which nobody can tell how it ended.
    public void handOn(CommandRecord record, LineSink sink) throws IOException {
        if (!record.hasOutput()) {
            return;
        }
        try (var output = new RecordedOutput(record, config.lineMax(), sink)) {
            output.drain();
            output.rethrow();
        }
    }

    /// Ends the processes of an attempt, whoever started them and whenever.
    public void endAll(ProcessMark mark) throws IOException {
        ProcessTree.marked(mark.text()).end(config.termGrace(), config.killWait());
    }

    /// The same, but for its recorded command.
    public void endOthers(ProcessMark mark) throws IOException {
        ProcessTree.marked(mark.others()).end(config.termGrace(), config.killWait());
    }

    /// Ends the threads that nobody needs any more; children that run are not touched.
    @Override
    public void close() {
        threads.shutdown();
    }

    /// Gives a folder to the user whose commands are to work in it. Whoever cannot become that user
    /// gives nothing away: the commands fail, and say why.
    ///
    /// @param user empty means us
    /// @throws IOException when the folder cannot be given away
    public void handOver(Path folder, String user) throws IOException {
        if (user.isEmpty() || !Accounts.isRoot()) {
            return;
        }
        try {
            var users = folder.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(folder, users.lookupPrincipalByName(user));
        } catch (UserPrincipalNotFoundException _) {
            // Its command says so.
        }
    }
}
