package dev.sloth.agent.spool;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// How much the lines of all attempts take, and who waits for it to become less.
final class Room {
    private final long max;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition less = lock.newCondition();
    private long held;
    private long changes;
    private int waiting;
    private boolean closed;

    /// @param max in bytes
    Room(long max) {
        this.max = max;
    }

    /// Takes so many bytes; waits while too many are held already, whatever interrupts come.
    ///
    /// @param reclaim called, by whoever must wait, to give back what is held for no good reason
    /// @throws IllegalStateException when this is closed: then nothing was taken
    void reserve(long bytes, Runnable reclaim) {
        if (reserved(bytes)) {
            return;
        }
        wait(1);
        try {
            reclaim.run();
            while (!reserved(bytes)) {
                awaitLess();
            }
        } finally {
            wait(-1);
        }
    }

    private boolean reserved(long bytes) {
        lock.lock();
        try {
            checkOpen();
            if (held >= max) {
                return false;
            }
            held += bytes;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// @throws IllegalStateException when this is closed
    void checkOpen() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the spool is closed");
            }
        } finally {
            lock.unlock();
        }
    }

    private void wait(int more) {
        lock.lock();
        try {
            waiting += more;
        } finally {
            lock.unlock();
        }
    }

    private void awaitLess() {
        lock.lock();
        try {
            while (held >= max && !closed) {
                less.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Whether somebody waits, or soon may have to.
    boolean isPressed() {
        lock.lock();
        try {
            return waiting > 0 || held > max / 2;
        } finally {
            lock.unlock();
        }
    }

    /// So many bytes more are held, or less.
    void changed(long bytes) {
        lock.lock();
        try {
            held += bytes;
            if (bytes < 0) {
                changes++;
                less.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits until less is held, or the time is up, whatever interrupts come.
    ///
    /// @throws IllegalStateException when this is closed
    void pause(long nanos) {
        boolean interrupted = false;
        lock.lock();
        try {
            long before = changes;
            long left = nanos;
            while (left > 0 && before == changes && !closed) {
                try {
                    left = less.awaitNanos(left);
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
            checkOpen();
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// In bytes.
    long held() {
        lock.lock();
        try {
            return held;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            less.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
