package dev.sloth.plugins.goroutine;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Concurrency;

/// A condition: waiting gives up its mutex, and takes it again when signalled.
final class Meeting {
    private final Line line = new Line();
    private final Mutex mutex;

    Meeting(Mutex mutex) {
        this.mutex = mutex;
    }

    Mutex mutex() {
        return mutex;
    }

    void await(Concurrency turns) throws InterruptedException {
        if (!mutex.held()) {
            throw new CallFailure("wait on a cond whose mutex is not locked");
        }
        mutex.unlock();
        line.await(turns, "cond wait");
        mutex.lock(turns);
    }

    void signal() {
        line.grant();
    }

    void broadcast() {
        boolean more = true;
        while (more) {
            more = line.grant();
        }
    }
}
