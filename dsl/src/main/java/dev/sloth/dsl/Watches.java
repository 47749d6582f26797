package dev.sloth.dsl;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Looks after all states whose time is limited. On a thread of the system, since busy scripts
/// leave virtual ones no turn; on one for all of them, since most scripts are loaded in less time
/// than a thread takes to start. It ends when it has had nothing to do for a while.
final class Watches {
    /// How late a state may be killed.
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private static final int IDLE_LOOKS_MAX = 100;

    private final LongSupplier nanos;
    private final Set<Watch> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock starting = new ReentrantLock();
    private volatile boolean looking;

    /// @param nanos the clock: it may stand still
    Watches(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// Kills a state when its time is up.
    Watch over(ScriptState state, Duration time, String reason) {
        return after(time, () -> state.kill(reason));
    }

    /// Does something short when a time has passed.
    Watch after(Duration time, Runnable due) {
        var watch = new Watch(this, nanos.getAsLong() + time.toNanos(), due);
        open.add(watch);
        start();
        return watch;
    }

    void end(Watch watch) {
        open.remove(watch);
    }

    private void start() {
        if (looking) {
            return;
        }
        starting.lock();
        try {
            if (!looking) {
                var _ = Thread.ofPlatform().daemon().name("script-watch").start(this::look);
                looking = true;
            }
        } finally {
            starting.unlock();
        }
    }

    private void look() {
        for (int idle = 0; idle < IDLE_LOOKS_MAX; idle = open.isEmpty() ? idle + 1 : 0) {
            long now = nanos.getAsLong();
            open.forEach(watch -> watch.look(now));
            try {
                Thread.sleep(LOOK_EVERY);
            } catch (InterruptedException _) {
                // this thread is nobody else's: nobody's interrupt ends the watch
            }
        }
        stop();
    }

    private void stop() {
        starting.lock();
        try {
            looking = false;
        } finally {
            starting.unlock();
        }
        // one that came in between took this thread for one that looks
        if (!open.isEmpty()) {
            start();
        }
    }
}
