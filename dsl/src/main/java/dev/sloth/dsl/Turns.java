package dev.sloth.dsl;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/// Lets as many scripts be loaded and used at once as there are processors. More would only take
/// memory, and none would be done soon enough for the others to take over its state. Nobody waits
/// for those that look outside or take long.
final class Turns {
    private final Semaphore free = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    /// The right to load and use a script; to be given back once, by whoever comes first.
    final class Turn implements AutoCloseable {
        private final AtomicBoolean over = new AtomicBoolean();

        @Override
        public void close() {
            if (over.compareAndSet(false, true)) {
                free.release();
            }
        }
    }

    /// Waits for a turn.
    ///
    /// @throws ScriptStopped when the thread is interrupted, which it then still is
    Turn take() {
        try {
            free.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ScriptStopped("interrupted", e);
        }
        return new Turn();
    }
}
