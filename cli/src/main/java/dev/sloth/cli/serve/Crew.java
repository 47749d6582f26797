package dev.sloth.cli.serve;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The runs that this process drives: so many at once, each on a thread of its own. Safe for use by
/// many threads. Starts before those who give it work, and stops after them.
public final class Crew implements Resident {
    /// How long runs may take to end after they were cancelled.
    private static final Duration CANCEL_WAIT = Duration.ofSeconds(20);

    private final int max;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Work> working = new HashMap<>();
    private Runnable whenOneEnds = () -> {};
    private Consumer<RuntimeException> fault = _ -> {};
    private boolean open;

    /// @param max how many at once
    public Crew(int max) {
        this.max = max;
    }

    /// One run.
    public interface Work {
        /// Drives it as far as it goes.
        void run() throws InterruptedException;

        /// Has it end soon; from any thread, also before it began.
        void cancel();
    }

    @Override
    public String name() {
        return "runs";
    }

    @Override
    public void start(Consumer<RuntimeException> onFault) {
        lock.lock();
        try {
            fault = onFault;
            open = true;
        } finally {
            lock.unlock();
        }
    }

    /// Who is to be told whenever there is room again.
    public void whenOneEnds(Runnable told) {
        lock.lock();
        try {
            whenOneEnds = told;
        } finally {
            lock.unlock();
        }
    }

    /// How many more could begin now.
    public int room() {
        lock.lock();
        try {
            return open ? max - working.size() : 0;
        } finally {
            lock.unlock();
        }
    }

    /// The keys of those at work.
    public Set<String> keys() {
        lock.lock();
        try {
            return Set.copyOf(working.keySet());
        } finally {
            lock.unlock();
        }
    }

    /// Begins, unless there is no room, or something of this key is at work already.
    ///
    /// @return whether it begins
    public boolean begin(String key, Work work) {
        lock.lock();
        try {
            if (!open || working.size() >= max || working.containsKey(key)) {
                return false;
            }
            working.put(key, work);
        } finally {
            lock.unlock();
        }
        // Not virtual: scripts must not keep each other from their turn.
        Thread.ofPlatform().daemon().name("run-" + key).start(() -> carry(key, work));
        return true;
    }

    private void carry(String key, Work work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            fault.accept(e);
        } finally {
            over(key);
        }
    }

    private void over(String key) {
        Runnable told;
        lock.lock();
        try {
            working.remove(key);
            changed.signalAll();
            told = whenOneEnds;
        } finally {
            lock.unlock();
        }
        told.run();
    }

    @Override
    public void stop(Duration grace) throws InterruptedException {
        List<Work> left;
        lock.lock();
        try {
            open = false;
            await(grace);
            left = List.copyOf(working.values());
        } finally {
            lock.unlock();
        }
        left.forEach(Work::cancel);
        lock.lock();
        try {
            await(CANCEL_WAIT);
        } finally {
            lock.unlock();
        }
    }

    /// Until nobody works, or for so long.
    private void await(Duration longest) throws InterruptedException {
        long left = longest.toNanos();
        while (!working.isEmpty() && left > 0) {
            left = changed.awaitNanos(left);
        }
    }
}
