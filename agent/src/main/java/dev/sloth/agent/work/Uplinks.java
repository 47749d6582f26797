package dev.sloth.agent.work;

import dev.sloth.agent.link.Uplink;
import dev.sloth.api.workflow.Problems;
import dev.sloth.wire.WireProblems;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The session that there is, if any. Safe for use by many threads.
final class Uplinks {
    /// How long until something is asked again that went wrong with the session that there still
    /// is.
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Optional<Uplink> current = Optional.empty();

    void set(Optional<Uplink> uplink) {
        lock.lock();
        try {
            current = uplink;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    Optional<Uplink> now() {
        lock.lock();
        try {
            return current;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until there is one.
    Uplink await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (current.isEmpty()) {
                changed.await();
            }
            return current.get();
        } finally {
            lock.unlock();
        }
    }

    /// Something to ask a master.
    @FunctionalInterface
    interface Asking<T> {
        T ask(Uplink uplink) throws IOException, InterruptedException;
    }

    /// Asks until a master answers: while there is none, the agent waits and its work with it.
    ///
    /// @throws Problems when it is refused
    <T> T ask(Asking<T> asking) throws IOException, InterruptedException {
        while (true) {
            var uplink = await();
            try {
                return asking.ask(uplink);
            } catch (Problems e) {
                if (!e.list().getFirst().code().equals(WireProblems.UNREACHABLE)) {
                    throw e;
                }
                rest(uplink, PAUSE);
            }
        }
    }

    /// Waits, unless there is another session by then.
    void rest(Uplink failed, Duration time) throws InterruptedException {
        long left = time.toNanos();
        lock.lockInterruptibly();
        try {
            while (left > 0 && current.filter(failed::equals).isPresent()) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
