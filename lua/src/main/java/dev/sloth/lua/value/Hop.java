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

    /// What came of it.
    private static final class Trip {
        double result;
        @Nullable Throwable failure;
        volatile boolean done;
    }

    double run(Body body) {
        int before = s.hopAt;
        s.hopAt = s.depth + FRAMES_NEXT;
        s.recompute();
        Thread waiting = Thread.currentThread();
        var trip = new Trip();
        Thread runner =
                new Thread(null, () -> travel(body, trip, waiting), "lua-deep", STACK_BYTES, false);
        runner.setDaemon(true);
        s.fibers().runs(runner);
        runner.start();
        Waiting.until(trip, () -> trip.done, runner);
        s.fibers().runs(waiting);
        s.hopAt = before;
        s.recompute();
        if (trip.failure != null) {
            throw Waiting.rethrown(trip.failure);
        }
        return trip.result;
    }

    private static void travel(Body body, Trip trip, Thread waiting) {
        try {
            trip.result = body.run();
        } catch (RuntimeException | Error e) {
            trip.failure = e;
        } finally {
            trip.done = true;
            LockSupport.unpark(waiting);
        }
    }
}
