package dev.sloth.plugins.goroutine;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Concurrency;

/// Many readers or one writer. A waiting writer goes before readers that come later, and readers
/// that waited for a writer go all together before the next writer.
final class ReadWriteMutex {
    private final Line readersWaiting = new Line();
    private final Line writersWaiting = new Line();
    private int readers;
    private boolean writing;

    void lock(Concurrency turns) throws InterruptedException {
        if (!tryLock()) {
            writersWaiting.await(turns, "rwmutex lock");
        }
    }

    boolean tryLock() {
        if (writing || readers > 0) {
            return false;
        }
        writing = true;
        return true;
    }

    void readLock(Concurrency turns) throws InterruptedException {
        if (!tryReadLock()) {
            readersWaiting.await(turns, "rwmutex rlock");
        }
    }

    boolean tryReadLock() {
        if (writing || !writersWaiting.isEmpty()) {
            return false;
        }
        readers++;
        return true;
    }

    void unlock() {
        if (!writing) {
            throw new CallFailure("unlock of an rwmutex that is not locked for writing");
        }
        writing = false;
        while (readersWaiting.grant()) {
            readers++;
        }
        if (readers == 0) {
            writing = writersWaiting.grant();
        }
    }

    void readUnlock() {
        if (readers == 0) {
            throw new CallFailure("runlock of an rwmutex that is not locked for reading");
        }
        readers--;
        if (readers == 0) {
            writing = writersWaiting.grant();
        }
    }
}
