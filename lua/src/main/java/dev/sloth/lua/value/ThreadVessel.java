package dev.sloth.lua.value;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A coroutine as a virtual thread, to which whoever enters hands over and for which it waits, so
/// that exactly one of both runs.
final class ThreadVessel implements Vessel {
    /// What parks and wakes the thread lies on its stack too.
    private static final long BYTES = 3_100;

    private final Fibers fibers;
    private final Thread worker;

    /// Who has entered; what `inside` guards.
    private @Nullable Thread waiting;

    /// Whose turn it is; what it guards is handed over with it.
    private volatile boolean inside;

    ThreadVessel(Fibers fibers, Runnable body) {
        this.fibers = fibers;
        this.worker =
                Thread.ofVirtual()
                        .name("lua-coroutine")
                        .unstarted(() -> {
                            try {
                                body.run();
                            } finally {
                                handBack();
                            }
                        });
    }

    @Override
    public void enter() {
        waiting = Thread.currentThread();
        inside = true;
        fibers.runs(worker);
        if (worker.getState() == Thread.State.NEW) {
            worker.start();
        } else {
            LockSupport.unpark(worker);
        }
        Waiting.until(this, () -> !inside, worker);
    }

    private void handBack() {
        Thread back = waiting;
        waiting = null;
        inside = false;
        LockSupport.unpark(back);
    }

    @Override
    public void leave() {
        handBack();
        boolean interrupted = false;
        while (!inside) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean staysBehind() {
        return true;
    }

    @Override
    public long bytes() {
        return BYTES;
    }

    @Override
    public int room(int left) {
        return Hop.FRAMES_FIRST;
    }
}
