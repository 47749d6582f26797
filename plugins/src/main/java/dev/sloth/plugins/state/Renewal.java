package dev.sloth.plugins.state;

import dev.sloth.api.state.SharedState;
import dev.sloth.api.state.StateCommand;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Renews a lock again and again until it is closed, on a thread of its own: whoever holds the lock
/// may be busy with anything.
final class Renewal implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Renewal.class.getName());

    /// How often in the time that a lock is held.
    private static final int TIMES = 3;

    private final SharedState state;
    private final StateCommand.Renew renew;
    private final CountDownLatch over = new CountDownLatch(1);

    private Renewal(SharedState state, StateCommand.Renew renew) {
        this.state = state;
        this.renew = renew;
    }

    static Renewal start(SharedState state, StateCommand.Renew renew) {
        var renewal = new Renewal(state, renew);
        Thread.ofPlatform().daemon().name("renewal of " + renew.name()).start(renewal::work);
        return renewal;
    }

    private void work() {
        var pause = renew.ttl().dividedBy(TIMES);
        try {
            boolean held = true;
            while (held && !over.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                held = renewed(pause);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// A failure of the store may pass; the token tells whether the lock was lost meanwhile.
    private boolean renewed(Duration pause) {
        try {
            return state.ask(renew).done();
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the lock %s was not renewed, trying again in %s"
                            .formatted(renew.name(), pause),
                    e);
            return true;
        }
    }

    @Override
    public void close() {
        over.countDown();
    }
}
