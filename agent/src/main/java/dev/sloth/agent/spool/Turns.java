package dev.sloth.agent.spool;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The attempts that have something to be sent, one after the other. Each is in it once at most:
/// see to that is whoever adds it.
final class Turns {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final Queue<AttemptLog> waiting = new ArrayDeque<>();
    private boolean closed;

    void add(AttemptLog attempt) {
        lock.lock();
        try {
            waiting.add(attempt);
            more.signal();
        } finally {
            lock.unlock();
        }
    }

    /// The one whose turn it is, when there is one before the time is up.
    ///
    /// @throws IllegalStateException when this is closed
    Optional<AttemptLog> next(Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = wait.toNanos();
            while (waiting.isEmpty() && left > 0 && !closed) {
                left = more.awaitNanos(left);
            }
            if (closed) {
                throw new IllegalStateException("the spool is closed");
            }
            return Optional.ofNullable(waiting.poll());
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
