package dev.sloth.agent.vigil;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.EventRefusal.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

/// What was seen and the master has not taken yet, each in a file of its own, in the order in which
/// it was seen. Safe for use by many threads.
final class FactSpool {
    private final Path folder;
    private final int max;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();

    // guarded by `lock`
    private final TreeMap<Long, Path> waiting = new TreeMap<>();
    private long last;

    private FactSpool(Path folder, int max) {
        this.folder = folder;
        this.max = max;
    }

    /// @param max how many may wait
    /// @throws IOException when what was kept cannot be read
    static FactSpool open(Path folder, int max) throws IOException {
        var spool = new FactSpool(Kept.folder(folder), max);
        try (var files = Files.newDirectoryStream(folder, "[0-9]*")) {
            for (var file : files) {
                long number = Long.parseLong(String.valueOf(file.getFileName()));
                spool.waiting.put(number, file);
                spool.last = Math.max(spool.last, number);
            }
        }
        return spool;
    }

    /// When this returns it is on the disk.
    ///
    /// @param fact makes it, given its number
    /// @throws EventRefusal `QUOTA` when as many wait as may
    void add(LongFunction<byte[]> fact) throws IOException {
        lock.lock();
        try {
            if (waiting.size() >= max) {
                throw new EventRefusal(
                        Reason.QUOTA,
                        "%d events wait for the master already; watchers.untold says how many may"
                                .formatted(max));
            }
            long number = last + 1;
            var file = Kept.write(folder, "%016d".formatted(number), fact.apply(number));
            last = number;
            waiting.put(number, file);
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// @param number of it
    record Fact(long number, byte[] bytes) {}

    /// The one that was seen first; waits until there is one.
    Fact first() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty()) {
                more.await();
            }
            var entry = waiting.firstEntry();
            return new Fact(entry.getKey(), Files.readAllBytes(entry.getValue()));
        } finally {
            lock.unlock();
        }
    }

    /// It needs to be kept no longer.
    void drop(long number) throws IOException {
        lock.lock();
        try {
            var file = Optional.ofNullable(waiting.get(number));
            if (file.isPresent()) {
                Files.deleteIfExists(file.get());
                waiting.remove(number);
            }
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }
}
