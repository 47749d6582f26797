package dev.sloth.plugins.goroutine;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Concurrency;

/// One holder at a time; unlocking hands it to the next in line.
final class Mutex {
    private final Line line = new Line();
    private boolean held;

    void lock(Concurrency turns) throws InterruptedException {
        if (!tryLock()) {
            line.await(turns, "mutex lock");
        }
    }

    boolean tryLock() {
        if (held) {
            return false;
        }
        held = true;
        return true;
    }

    void unlock() {
        if (!held) {
            throw new CallFailure("unlock of a mutex that is not locked");
        }
        held = line.grant();
    }

    boolean held() {
        return held;
    }
}
