package dev.sloth.agent.vigil;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.EventRefusal.Reason;
import dev.sloth.api.event.Watcher;
import dev.sloth.wire.WatcherPage;
import dev.sloth.wire.WatcherSight;
import dev.sloth.wire.shared.Sights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// What is to be watched, on the disk. Safe for use by many threads.
final class WatcherBook {
    private static final String FILE = "watchers";

    private final Path folder;
    private final int max;
    private final ReentrantLock lock = new ReentrantLock();

    // guarded by `lock`
    private NavigableMap<String, WatcherSight> sights = new TreeMap<>();

    private WatcherBook(Path folder, int max) {
        this.folder = folder;
        this.max = max;
    }

    /// @param max how many there may be
    /// @throws IOException when what was kept cannot be read
    static WatcherBook open(Path folder, int max) throws IOException {
        var book = new WatcherBook(Kept.folder(folder), max);
        var file = folder.resolve(FILE);
        if (Files.exists(file)) {
            for (var sight : WatcherPage.read(Files.readAllBytes(file)).watchers()) {
                book.sights.put(sight.name(), sight);
            }
        }
        return book;
    }

    /// Adds one, or puts it in the place of the one of its name. When this returns it is on the
    /// disk.
    ///
    /// @throws EventRefusal `QUOTA` when there are as many as there may be
    void put(WatcherSight sight) throws IOException {
        lock.lock();
        try {
            var next = new TreeMap<>(sights);
            next.put(sight.name(), sight);
            if (next.size() > max) {
                throw new EventRefusal(
                        Reason.QUOTA,
                        "this agent watches %d things already: `sloth-runner watcher list --agent NAME` shows them, `sloth-runner watcher remove --agent NAME` makes room, and watchers.max on its machine says how many there may be"
                                .formatted(max));
            }
            keep(next);
        } finally {
            lock.unlock();
        }
    }

    private void keep(NavigableMap<String, WatcherSight> next) throws IOException {
        var page = new WatcherPage(List.copyOf(next.values()), false, List.of());
        var _ = Kept.write(folder, FILE, page.bytes());
        sights = next;
    }

    /// Removes all of these, or none.
    ///
    /// @return those that are not there: if there are any, nothing has changed
    List<String> remove(List<String> names) throws IOException {
        lock.lock();
        try {
            var missing = names.stream().filter(name -> !sights.containsKey(name)).toList();
            if (missing.isEmpty() && !names.isEmpty()) {
                var next = new TreeMap<>(sights);
                names.forEach(next::remove);
                keep(next);
            }
            return missing;
        } finally {
            lock.unlock();
        }
    }

    /// By name.
    List<WatcherSight> behind(String name) {
        lock.lock();
        try {
            return List.copyOf(sights.tailMap(name, false).values());
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        return behind("").isEmpty();
    }

    List<Watcher> watchers() {
        return behind("").stream().map(Sights::watcher).toList();
    }
}
