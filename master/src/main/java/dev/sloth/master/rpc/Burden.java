package dev.sloth.master.rpc;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// How much agents have sent that is not dealt with yet. Safe for use by many threads.
final class Burden {
    private final long max;
    private final ReentrantLock lock = new ReentrantLock();

    // guarded by `lock`
    private final Map<String, Long> held = new HashMap<>();

    /// @param max how many bytes of one agent
    Burden(long max) {
        this.max = max;
    }

    long max() {
        return max;
    }

    /// @return false when it would be too much
    boolean take(String agent, long bytes) {
        lock.lock();
        try {
            long sum = held.getOrDefault(agent, 0L) + bytes;
            if (sum > max) {
                return false;
            }
            held.put(agent, sum);
            return true;
        } finally {
            lock.unlock();
        }
    }

    void give(String agent, long bytes) {
        lock.lock();
        try {
            long left = held.getOrDefault(agent, 0L) - bytes;
            if (left > 0) {
                held.put(agent, left);
            } else {
                held.remove(agent);
            }
        } finally {
            lock.unlock();
        }
    }
}
