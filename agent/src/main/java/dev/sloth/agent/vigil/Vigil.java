package dev.sloth.agent.vigil;

import dev.sloth.agent.process.ChildProcesses;
import dev.sloth.agent.watch.Watching;
import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.EventRefusal.Reason;
import dev.sloth.api.event.Events;
import dev.sloth.api.event.Fact;
import dev.sloth.api.event.Watcher;
import dev.sloth.wire.WatcherPage;
import dev.sloth.wire.shared.Numbered;
import dev.sloth.wire.shared.SeenFact;
import dev.sloth.wire.shared.Sights;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Watches what tasks asked for, until it is closed, and again when it is opened again. Safe for
/// use by many threads.
public final class Vigil implements AutoCloseable {
    /// How long the master is left alone that did not answer, up to twice as long: many agents may
    /// wait for it.
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /// How `Watching` calls who tells of something.
    private static final String WATCHER = "watcher ";

    /// Where a command begins; the project of a run goes with the run.
    private static final String FOLDER = "folder";

    private final Path folder;
    private final WatcherBook book;
    private final FactSpool spool;
    private final Means means;
    private final long asker;
    private final Thread teller;
    private final ReentrantLock lock = new ReentrantLock();

    // guarded by `lock`
    private Optional<Watching> watching = Optional.empty();
    private boolean closed;

    /// What it works with.
    ///
    /// @param shell what runs the commands of watchers
    /// @param notes is told what cannot be watched or told, and why
    /// @param random asked by many threads
    public record Means(
            ChildProcesses processes,
            String shell,
            Telling telling,
            InstantSource time,
            RandomGenerator random,
            Consumer<String> notes) {}

    /// @param watchers how many there may be
    /// @param untold how much of what was seen may wait for the master
    public record Limits(int watchers, int untold) {
        public static final Limits DEFAULT = new Limits(1_000, 10_000);

        public Limits {
            if (watchers < 1 || untold < 1) {
                throw new IllegalArgumentException("limits of watchers are positive");
            }
        }
    }

    private Vigil(Path folder, WatcherBook book, FactSpool spool, Means means) {
        this.folder = folder;
        this.book = book;
        this.spool = spool;
        this.means = means;
        this.asker = means.random().nextLong();
        this.teller = Thread.ofVirtual().name("teller").unstarted(this::tell);
    }

    /// Goes on with what an earlier process of this agent has watched and not told.
    ///
    /// @param folder where it keeps everything
    /// @throws IOException when what was kept cannot be read
    public static Vigil open(Path folder, Limits limits, Means means) throws IOException {
        var vigil =
                new Vigil(
                        folder,
                        WatcherBook.open(folder, limits.watchers()),
                        FactSpool.open(folder.resolve("untold"), limits.untold()),
                        means);
        vigil.teller.start();
        if (!vigil.book.isEmpty()) {
            vigil.begin();
        }
        return vigil;
    }

    /// An agent that watches nothing has nothing of it.
    private void begin() throws IOException {
        lock.lock();
        try {
            if (!closed && watching.isEmpty()) {
                var begun =
                        new Watching(
                                book::watchers,
                                (source, _) -> seeing(source),
                                means.processes(),
                                means.shell(),
                                means.notes());
                begun.start();
                watching = Optional.of(begun);
            }
        } finally {
            lock.unlock();
        }
    }

    // ---- what is watched

    /// Has something watched from now on. When this returns it is on the disk.
    ///
    /// @param by who asked for it
    /// @return its name
    /// @throws EventRefusal when it is not taken
    public String put(Watcher watcher, String by) {
        try {
            book.put(Sights.of(here(watcher), by, means.time().instant()));
            begin();
            return watcher.name();
        } catch (IOException e) {
            throw new EventRefusal(
                    Reason.WRONG, "the agent cannot keep the watcher: " + e.getMessage());
        }
    }

    private Watcher here(Watcher watcher) {
        if (!watcher.options().containsKey(FOLDER)) {
            return watcher;
        }
        Map<String, String> options = new TreeMap<>(watcher.options());
        options.put(FOLDER, folder.toAbsolutePath().toString());
        return new Watcher(
                watcher.name(),
                watcher.kind(),
                watcher.target(),
                watcher.when(),
                watcher.interval(),
                options);
    }

    /// What is watched, as much of it as is told at once.
    ///
    /// @param after only those with a greater name
    /// @param remove what is to be watched no longer: all of these, or none
    public WatcherPage page(String after, List<String> remove) {
        try {
            var missing = book.remove(remove);
            return WatcherPage.of(book.behind(after), missing);
        } catch (IOException e) {
            means.notes().accept("watchers are not removed: " + e.getMessage());
            return WatcherPage.of(book.behind(after), remove);
        }
    }

    // ---- what is seen

    private Events seeing(String source) {
        var name = source.startsWith(WATCHER) ? source.substring(WATCHER.length()) : source;
        return new Events() {
            @Override
            public String dispatch(Fact fact) {
                try {
                    var at = means.time().instant();
                    spool.add(number ->
                            new SeenFact(new Numbered(asker, number, List.of()), name, at, fact)
                                    .bytes());
                    return "";
                } catch (IOException e) {
                    throw new EventRefusal(
                            Reason.AWAY, "the agent cannot keep what it saw: " + e.getMessage());
                }
            }

            @Override
            public String watch(Watcher watcher) {
                throw new EventRefusal(Reason.WRONG, "a watcher adds none");
            }
        };
    }

    /// How much of what was seen the master has not taken yet.
    public int untold() {
        return spool.size();
    }

    private void tell() {
        try {
            while (true) {
                tellFirst();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellFirst() throws InterruptedException {
        try {
            var fact = spool.first();
            switch (means.telling().tell(fact.bytes())) {
                case TAKEN -> spool.drop(fact.number());
                case REFUSED -> {
                    means.notes().accept("the master refuses what a watcher saw: it is dropped");
                    spool.drop(fact.number());
                }
                case AWAY -> pause();
            }
        } catch (IOException e) {
            // An interrupt closes what is being read.
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            means.notes().accept("what watchers saw is not told: " + e.getMessage());
            pause();
        }
    }

    private void pause() throws InterruptedException {
        long pause = PAUSE.toMillis();
        TimeUnit.MILLISECONDS.sleep(pause + means.random().nextLong(pause));
    }

    /// Watches no longer; what was not told is told when this is opened again.
    @Override
    public void close() {
        Optional<Watching> last;
        lock.lock();
        try {
            closed = true;
            last = watching;
            watching = Optional.empty();
        } finally {
            lock.unlock();
        }
        last.ifPresent(Watching::close);
        teller.interrupt();
        boolean interrupted = false;
        while (teller.isAlive()) {
            try {
                teller.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
