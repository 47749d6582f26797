package dev.sloth.lua.value;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// The thread of the machine that carries the virtual one on which a state runs.
///
/// A virtual thread is never taken off its carrier by force: as many scripts as there are
/// processors, each in a loop, would stop every other virtual thread, and with them all time
/// limits.
final class Carrier {
    /// How long a virtual thread computes before others have their turn.
    private static final Duration TURN = Duration.ofMillis(5);

    /// When the thread was last off its carrier, by `nanoTime`.
    private long turnBegan;

    /// Leaves it for a moment, if that is due. `Thread.yield` is not enough, since two that yield
    /// to each other on one carrier leave no turn for those who wait elsewhere.
    void share() {
        if (System.nanoTime() - turnBegan < TURN.toNanos()) {
            return;
        }
        if (Thread.currentThread().isVirtual()) {
            LockSupport.parkNanos(1);
        }
        turnBegan = System.nanoTime();
    }
}
