package dev.sloth.agent.watch;

import dev.sloth.agent.process.ChildProcesses;
import dev.sloth.api.event.Events;
import dev.sloth.api.event.Watcher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Watches what is to be watched until it is closed, and tells of what changes.
public final class Watching implements AutoCloseable {
    /// How long to wait at most before it is asked again what is to be watched.
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /// How long to wait after news of files, so that a file that is being written is seen whole.
    private static final Duration SETTLE = Duration.ofMillis(50);

    /// Those that are looked at with a command.
    private static final Set<Watcher.Kind> COMMANDS =
            Set.of(Watcher.Kind.CUSTOM, Watcher.Kind.SERVICE);

    private final Supplier<List<Watcher>> wanted;
    private final Events.Door events;
    private final Looks looks;
    private final Machine machine = new Machine(Path.of("/proc"));
    private final Consumer<String> notes;
    private final Map<String, Watched> watched = new HashMap<>();

    /// Who runs commands: touched by the thread that watches, and once that has ended.
    private final Set<Thread> alone = new HashSet<>();

    private final Semaphore news = new Semaphore(0);
    private final FolderNews folders;
    private final Thread thread;

    /// Why it is not known what is to be watched; empty when it is.
    private String unknown = "";

    private volatile boolean closed;

    /// @param wanted what is to be watched; asked again and again
    /// @param shell what runs the commands of watchers
    /// @param notes is told what cannot be watched, and why
    /// @throws IOException when the system cannot tell of changes in folders
    public Watching(
            Supplier<List<Watcher>> wanted,
            Events.Door events,
            ChildProcesses processes,
            String shell,
            Consumer<String> notes)
            throws IOException {
        this.wanted = wanted;
        this.events = events;
        this.notes = notes;
        this.looks = new Looks(machine, processes.streaming((_, _) -> {}), shell);
        this.folders = new FolderNews(news::release);
        this.thread = Thread.ofPlatform().name("watching").unstarted(this::watch);
    }

    public void start() {
        thread.start();
    }

    /// Something that is watched, and how it looked when it was last looked at.
    private static final class Watched {
        private final Watcher watcher;
        private Optional<Sight> last = Optional.empty();
        private Machine.Spent spent;
        private Set<Path> folders = Set.of();
        private String complaint = "";
        private long due;
        private volatile boolean busy;

        Watched(Watcher watcher, Machine.Spent spent) {
            this.watcher = watcher;
            this.spent = spent;
            // How busy processors are is seen over a while only.
            this.due =
                    System.nanoTime()
                            + (watcher.kind() == Watcher.Kind.CPU
                                    ? watcher.interval().toNanos()
                                    : 0);
        }
    }

    private void watch() {
        try {
            while (!closed) {
                look(folders.heard());
                if (news.tryAcquire(pause().toNanos(), TimeUnit.NANOSECONDS)) {
                    Thread.sleep(SETTLE);
                    news.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration pause() {
        long now = System.nanoTime();
        long left = LOOK_EVERY.toNanos();
        for (var one : watched.values()) {
            left = Math.min(left, Math.max(0, one.due - now));
        }
        return Duration.ofNanos(left);
    }

    private void look(Set<Path> heard) throws InterruptedException {
        refresh();
        long now = System.nanoTime();
        for (var one : List.copyOf(watched.values())) {
            boolean news = one.folders.stream().anyMatch(heard::contains);
            if (!one.busy && (news || one.due - now <= 0)) {
                one.due = now + one.watcher.interval().toNanos();
                look(one);
            }
        }
        listen();
    }

    /// What is watched no longer is forgotten; what is set anew begins anew. Whatever keeps others
    /// from saying what is to be watched, what is watched already goes on.
    private void refresh() {
        List<Watcher> all;
        try {
            all = wanted.get();
            unknown = "";
        } catch (RuntimeException e) {
            var why = String.valueOf(e.getMessage());
            if (!unknown.equals(why)) {
                unknown = why;
                notes.accept("what is to be watched is not known: " + why);
            }
            return;
        }
        watched.values().removeIf(one -> !one.busy && !all.contains(one.watcher));
        for (var watcher : all) {
            if (!watched.containsKey(watcher.name())) {
                watched.put(watcher.name(), new Watched(watcher, spent()));
            }
        }
    }

    private Machine.Spent spent() {
        try {
            return machine.processors();
        } catch (IOException e) {
            notes.accept("how busy the processors are is not known: " + e.getMessage());
            return new Machine.Spent(0, 0);
        }
    }

    /// A command may take its time: it runs on a thread of its own.
    private void look(Watched one) throws InterruptedException {
        if (COMMANDS.contains(one.watcher.kind())) {
            one.busy = true;
            alone.removeIf(looker -> !looker.isAlive());
            alone.add(
                    Thread.ofVirtual()
                            .name("watcher " + one.watcher.name())
                            .start(() -> lookAlone(one)));
        } else {
            compare(one);
        }
    }

    private void lookAlone(Watched one) {
        try {
            compare(one);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            one.busy = false;
        }
    }

    /// What cannot be told now is found again by the next look.
    private void compare(Watched one) throws InterruptedException {
        try {
            var look = looks.at(one.watcher, one.spent);
            one.folders = look.folders();
            one.spent = spent();
            var teller = events.as("watcher " + one.watcher.name(), List.of());
            for (var fact : Changes.between(one.watcher, one.last, look.sight())) {
                String _ = teller.dispatch(fact);
            }
            one.last = Optional.of(look.sight());
            if (look.trouble().isEmpty()) {
                one.complaint = "";
            } else {
                complain(one, "is in trouble: " + look.trouble());
            }
        } catch (IOException | RuntimeException e) {
            complain(one, "sees nothing: " + e.getMessage());
        }
    }

    /// Once, until it is another.
    private void complain(Watched one, String why) {
        if (!one.complaint.equals(why)) {
            one.complaint = why;
            notes.accept("the watcher %s %s".formatted(one.watcher.name(), why));
        }
    }

    private void listen() {
        var all = new HashSet<Path>();
        watched.values().forEach(one -> all.addAll(one.folders));
        try {
            folders.listenTo(all);
        } catch (IOException e) {
            notes.accept(
                    "the system does not tell of changes in folders, they are looked at now and then: "
                            + e.getMessage());
        }
    }

    /// Tells of nothing more; the commands that run are ended.
    @Override
    public void close() {
        closed = true;
        news.release();
        boolean interrupted = joined(thread);
        alone.forEach(Thread::interrupt);
        for (var looker : alone) {
            interrupted |= joined(looker);
        }
        try {
            folders.close();
        } catch (IOException e) {
            notes.accept("folders are still listened to: " + e.getMessage());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits for a thread to end.
    ///
    /// @return whether we were interrupted meanwhile
    private static boolean joined(Thread other) {
        boolean interrupted = false;
        while (other.isAlive()) {
            try {
                other.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }
}
