package dev.sloth.plugins.goroutine;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Concurrency;

/// So many at once; releasing lets the next in line in.
final class Semaphore {
    private final Line line = new Line();
    private final int capacity;
    private int available;

    Semaphore(int capacity) {
        this.capacity = capacity;
        this.available = capacity;
    }

    void acquire(Concurrency turns) throws InterruptedException {
        if (!tryAcquire()) {
            line.await(turns, "semaphore acquire");
        }
    }

    boolean tryAcquire() {
        if (available == 0) {
            return false;
        }
        available--;
        return true;
    }

    void release() {
        if (available == capacity) {
            throw new CallFailure("release of a semaphore that nobody holds");
        }
        if (!line.grant()) {
            available++;
        }
    }

    int available() {
        return available;
    }

    int capacity() {
        return capacity;
    }
}
