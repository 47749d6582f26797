package dev.sloth.dsl;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Lets as many scripts be loaded and used at once as there are processors. More would only take
/// memory, and none would be done soon enough for the others to take over its state. Nobody waits
/// for those that look outside or take long.
final class Turns {
    /// How long others wait for a script that is in use.
    private static final Duration USE_MAX = Duration.ofMillis(500);

    private final Semaphore free = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
    private final Watches watches;

    Turns(Watches watches) {
        this.watches = watches;
    }

    /// The right to load and use a script. Ends at whatever comes first of what may end it.
    final class Turn {
        private @Nullable Watch watch;
        private boolean over;

        /// From now on it ends by itself after a while.
        synchronized void use() {
            if (!over) {
                watch = watches.after(USE_MAX, this::end);
            }
        }

        synchronized void end() {
            if (over) {
                return;
            }
            over = true;
            if (watch != null) {
                watch.close();
            }
            free.release();
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
