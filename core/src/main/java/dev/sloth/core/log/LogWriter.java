package dev.sloth.core.log;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.LogStore;
import dev.sloth.core.store.LogStore.Chunk;
import dev.sloth.core.store.StoreFailure;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Stores the lines of a run's attempts. Any thread may bring lines; those of one attempt come one
/// at a time. One thread, given from outside, does the writing: it calls [#run], or [#tick] again
/// and again.
///
/// An attempt that brings lines faster than they can be stored waits. When the store fails, the
/// first failure is kept: lines that come afterwards go nowhere, and every [#flush] and [#close]
/// throws.
public final class LogWriter implements Runnable, AutoCloseable {
    /// For how many attempts it is remembered where their stored output ends; for others the store
    /// is asked again.
    private static final int TAILS_MAX = 16_384;

    private final LogStore store;
    private final Claim claim;
    private final InstantSource time;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition progress = lock.newCondition();
    private final Gathering gathering;
    private Optional<StoreFailure> failure = Optional.empty();
    private boolean pressed;
    private boolean running;
    private boolean closed;

    /// Held while the store is written to, and what only that needs.
    private final ReentrantLock writing = new ReentrantLock();

    private final Map<AttemptId, Tail> tails = new Tails();

    /// The most recently used ones.
    private static final class Tails extends LinkedHashMap<AttemptId, Tail> {
        private static final long serialVersionUID = 1L;

        Tails() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<AttemptId, Tail> eldest) {
            return size() > TAILS_MAX;
        }
    }

    public LogWriter(LogStore store, Claim claim, InstantSource time, LogLimits limits) {
        this.store = store;
        this.claim = claim;
        this.time = time;
        this.gathering = new Gathering(limits);
    }

    /// Takes a line, which came now; waits while too much is held already. The wait cannot be
    /// interrupted: that would lose the line.
    ///
    /// @param channel as in [LogLine]
    public void add(AttemptId id, String channel, String text) {
        if (!id.run().equals(claim.run())) {
            throw new IllegalArgumentException(id + " is not of run " + claim.run());
        }
        var line = new LogLine(time.instant(), channel, text);
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        lock.lock();
        try {
            awaitRoom(bytes.length);
            if (closed) {
                throw new IllegalStateException("the log of " + claim.run() + " is closed");
            }
            if (failure.isEmpty() && gathering.add(id, line, bytes)) {
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitRoom(int bytes) {
        while (!closed && failure.isEmpty() && !gathering.room(bytes)) {
            pressed = true;
            work.signal();
            progress.awaitUninterruptibly();
        }
    }

    /// Returns when every line of the attempt that was brought so far is stored.
    ///
    /// @throws StoreFailure when that did not work, now or earlier
    public void flush(AttemptId id) {
        lock.lock();
        try {
            gathering.seal(id);
            work.signal();
            while (failure.isEmpty() && gathering.waiting(id)) {
                progress.awaitUninterruptibly();
            }
            check();
        } finally {
            lock.unlock();
        }
    }

    /// The first thing that went wrong, if anything did.
    public Optional<StoreFailure> failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    private void check() {
        failure.ifPresent(first -> {
            throw new StoreFailure(first.reason(), String.valueOf(first.getMessage()), first);
        });
    }

    /// How many lines of each channel of an attempt are stored, without those that this writer
    /// still holds: so that those are told apart from the others when all come again.
    ///
    /// @throws StoreFailure `DAMAGED` when what is stored cannot be read
    public Map<String, Long> stored(AttemptId id) {
        var counts = new HashMap<String, Long>();
        var chunks = new Chunks(store, id);
        for (var chunk = chunks.next(); chunk.isPresent(); chunk = chunks.next()) {
            var lines = new Lines(chunk.get());
            while (lines.more()) {
                counts.merge(lines.next().line().channel(), 1L, Long::sum);
            }
        }
        return Map.copyOf(counts);
    }

    /// Writes whatever is due until the writer is closed, on the calling thread. When that thread
    /// is interrupted, it writes what it holds and then counts as broken, so that nobody waits for
    /// it. May be called once.
    @Override
    public void run() {
        start();
        try {
            while (awaitWork()) {
                tick();
            }
        } catch (InterruptedException _) {
            sealAll();
            tick();
            Thread.currentThread().interrupt();
        } finally {
            stop();
        }
    }

    private void start() {
        lock.lock();
        try {
            if (running) {
                throw new IllegalStateException("somebody writes already");
            }
            running = true;
        } finally {
            lock.unlock();
        }
    }

    private void stop() {
        lock.lock();
        try {
            running = false;
            if (!closed || !gathering.isEmpty()) {
                fail(
                        new StoreFailure(
                                StoreFailure.Reason.BROKEN, "what writes the log was stopped"));
            }
        } finally {
            lock.unlock();
        }
    }

    /// False when there will be none any more.
    private boolean awaitWork() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!pressed && !(closed && gathering.isEmpty())) {
                var next = gathering.next(time.instant());
                if (next.isEmpty()) {
                    work.await();
                } else if (next.get().isPositive()) {
                    work.awaitNanos(TimeUnit.NANOSECONDS.convert(next.get()));
                } else {
                    return true;
                }
            }
            return pressed || !gathering.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void sealAll() {
        lock.lock();
        try {
            gathering.sealAll();
        } finally {
            lock.unlock();
        }
    }

    /// Stores what is due now, on the calling thread.
    public void tick() {
        writing.lock();
        try {
            for (var batch = due(); !batch.isEmpty(); batch = due()) {
                write(batch);
            }
        } finally {
            writing.unlock();
        }
    }

    private List<Draft> due() {
        var now = time.instant();
        lock.lock();
        try {
            if (pressed) {
                pressed = false;
                gathering.sealAll();
            }
            gathering.sealDue(now);
            return gathering.take();
        } finally {
            lock.unlock();
        }
    }

    private void write(List<Draft> batch) {
        try {
            store.append(claim, numbered(batch));
        } catch (StoreFailure e) {
            failed(e);
            return;
        } catch (RuntimeException | Error e) {
            failed(new StoreFailure(StoreFailure.Reason.BROKEN, "the log cannot be kept: " + e, e));
            throw e;
        }
        lock.lock();
        try {
            gathering.stored(batch);
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private List<Chunk> numbered(List<Draft> batch) {
        var chunks = new ArrayList<Chunk>(batch.size());
        for (var draft : batch) {
            var tail = tails.get(draft.id());
            var chunk = draft.chunk(tail == null ? Tail.of(store, draft.id()) : tail);
            tails.put(draft.id(), Tail.NOTHING.after(chunk));
            chunks.add(chunk);
        }
        return chunks;
    }

    private void failed(StoreFailure e) {
        lock.lock();
        try {
            fail(e);
        } finally {
            lock.unlock();
        }
    }

    private void fail(StoreFailure e) {
        if (failure.isEmpty()) {
            failure = Optional.of(e);
        }
        gathering.abandon();
        progress.signalAll();
        work.signalAll();
    }

    /// Returns when everything is stored; nothing is taken any more.
    ///
    /// @throws StoreFailure when anything that was brought could not be stored
    @Override
    public void close() {
        boolean alone = shut();
        if (alone) {
            tick();
        }
        lock.lock();
        try {
            while (failure.isEmpty() && !gathering.isEmpty()) {
                progress.awaitUninterruptibly();
            }
            check();
        } finally {
            lock.unlock();
        }
    }

    /// True when nobody else writes.
    private boolean shut() {
        lock.lock();
        try {
            closed = true;
            gathering.sealAll();
            work.signalAll();
            progress.signalAll();
            return !running;
        } finally {
            lock.unlock();
        }
    }
}
