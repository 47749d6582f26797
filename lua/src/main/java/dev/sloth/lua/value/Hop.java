package dev.sloth.lua.value;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Goes on with a deep recursion in a thread of its own with a large stack, and waits for it: the
/// state sees one run, whichever thread does it.
public final class Hop {
    /// Calls within calls that any thread's stack surely bears, at about 6 KiB each.
    static final int FRAMES_FIRST = 160;

    /// Calls within calls that a thread with [#STACK_BYTES] bears.
    static final int FRAMES_NEXT = 10_000;

    private static final long STACK_BYTES = 64L << 20;

    private final LuaState s;

    Hop(LuaState s) {
        this.s = s;
    }

    /// What goes on over there.
    public interface Body {
        double run();
    }

    /// A thread that goes on, and the one that waits for it. When a coroutine is left over there,
    /// it is the one that waits who has to leave: its stack is the one that the coroutine began on.
    static final class Trip {
        private final Body body;
        private final @Nullable Trip outer;
        final Thread runner;
        private volatile Thread waiting;
        private volatile @Nullable Vessel left;
        private volatile boolean done;
        private double result;
        private @Nullable Throwable failure;

        Trip(Body body, @Nullable Trip outer) {
            this.body = body;
            this.outer = outer;
            this.waiting = Thread.currentThread();
            this.runner = new Thread(null, this::travel, "lua-deep", STACK_BYTES, false);
            runner.setDaemon(true);
        }

        private void travel() {
            try {
                result = body.run();
            } catch (RuntimeException | Error e) {
                failure = e;
            } finally {
                done = true;
                LockSupport.unpark(waiting);
            }
        }

        private double await() {
            runner.start();
            while (true) {
                Waiting.until(this, () -> done || left != null, runner);
                Vessel leaving = left;
                if (leaving == null) {
                    break;
                }
                Hop.leave(outer, leaving);
                waiting = Thread.currentThread();
                left = null;
                LockSupport.unpark(runner);
            }
            if (failure != null) {
                throw Waiting.rethrown(failure);
            }
            return result;
        }

        /// Called over there; returns when the coroutine is entered again.
        private void leave(Vessel vessel) {
            left = vessel;
            LockSupport.unpark(waiting);
            boolean interrupted = false;
            while (left != null) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Leaves the coroutine that runs, from wherever it has got to.
    ///
    /// @param trip the innermost one under way in it
    static void leave(@Nullable Trip trip, Vessel vessel) {
        if (trip == null) {
            vessel.leave();
        } else {
            trip.leave(vessel);
        }
    }

    double run(Body body) {
        int before = s.hopAt;
        Trip outer = s.trip;
        var trip = new Trip(body, outer);
        s.hopAt = s.depth + FRAMES_NEXT;
        s.trip = trip;
        s.recompute();
        s.fibers().runs(trip.runner);
        try {
            return trip.await();
        } finally {
            s.fibers().runs(Thread.currentThread());
            s.hopAt = before;
            s.trip = outer;
            s.recompute();
        }
    }
}
