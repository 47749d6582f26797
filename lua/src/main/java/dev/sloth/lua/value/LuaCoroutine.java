package dev.sloth.lua.value;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A coroutine. It runs on a virtual thread of its own, to which the resumer hands over and for
/// which it waits, so that exactly one of both runs.
public final class LuaCoroutine implements MemoryWalk.Visited {
    /// As `coroutine.status` says.
    public enum Status {
        SUSPENDED,
        RUNNING,
        NORMAL,
        DEAD;

        @Override
        public String toString() {
            return switch (this) {
                case SUSPENDED -> "suspended";
                case RUNNING -> "running";
                case NORMAL -> "normal";
                case DEAD -> "dead";
            };
        }
    }

    /// What one takes, with the first frames of its thread.
    public static final long BYTES = 1024;

    private final LuaFunction body;
    private final Context context = new Context();
    private Status status = Status.SUSPENDED;
    private Multi passed = Multi.NONE;
    private @Nullable Throwable failure;
    private @Nullable Thread thread;
    private @Nullable Thread resumer;

    /// What called it, while it runs: a memory walk then has to go there from here.
    private @Nullable Context caller;

    /// Whose turn it is; what it guards is handed over with it.
    private volatile boolean inside;

    private volatile boolean closing;

    public LuaCoroutine(LuaFunction body) {
        this.body = body;
    }

    public Status status() {
        return status;
    }

    public LuaFunction body() {
        return body;
    }

    /// Whether it is the other one, or runs because that one has resumed it.
    @SuppressWarnings("ReferenceEquality") // this very coroutine
    boolean isInside(LuaCoroutine outer) {
        @Nullable LuaCoroutine each = this;
        while (each != null && each != outer) {
            Context by = each.caller;
            each = by == null ? null : by.current;
        }
        return each != null;
    }

    /// Starts or goes on; gives what it yields or returns, or throws what it fails with. A
    /// coroutine that cannot be resumed is a [LuaError] too.
    public double resume(LuaState s, double[] d, Object[] o, int n) {
        if (status != Status.SUSPENDED) {
            String word = status == Status.NORMAL ? "non-suspended" : status.toString();
            throw LuaError.of("cannot resume " + word + " coroutine");
        }
        Thread worker = thread;
        boolean fresh = worker == null;
        if (fresh) {
            s.fibers().admit(this);
            context.hostDepth = s.hostDepth;
        }
        LuaCoroutine previous = s.current;
        if (previous != null) {
            previous.status = Status.NORMAL;
        }
        var mine = new Context();
        mine.save(s);
        caller = mine;
        context.current = this;
        context.fiber = mine.fiber;
        context.load(s);
        status = Status.RUNNING;
        passed = new Multi(Arrays.copyOf(d, n), Arrays.copyOf(o, n), n);
        resumer = Thread.currentThread();
        inside = true;
        if (worker == null) {
            worker = Thread.ofVirtual().name("lua-coroutine").unstarted(() -> live(s));
            thread = worker;
            s.fibers().runs(worker);
            worker.start();
        } else {
            s.fibers().runs(worker);
            LockSupport.unpark(worker);
        }
        Waiting.until(this, () -> !inside, worker);
        context.save(s);
        caller = null;
        mine.load(s);
        s.fibers().runs(Thread.currentThread());
        if (previous != null) {
            previous.status = Status.RUNNING;
        }
        Throwable thrown = failure;
        if (thrown != null) {
            failure = null;
            throw Waiting.rethrown(thrown);
        }
        return give(s);
    }

    private double give(LuaState s) {
        Multi values = passed;
        passed = Multi.NONE;
        return s.ret(values);
    }

    private void live(LuaState s) {
        try {
            s.fibers().throwIfKilled();
            Multi given = passed;
            passed = s.all(body.call(s, given.d, given.o, given.count));
        } catch (StackOverflowError e) {
            failure = s.stackOverflow();
        } catch (RuntimeException | Error e) {
            failure = e;
        } finally {
            status = Status.DEAD;
            s.fibers().dismiss(this);
            handBack();
        }
    }

    private void handBack() {
        Thread waiting = resumer;
        resumer = null;
        inside = false;
        LockSupport.unpark(waiting);
    }

    /// Suspends the coroutine that runs; gives what it is resumed with.
    public static double yieldValues(LuaState s, double[] d, Object[] o, int n) {
        LuaCoroutine self = s.current;
        if (self == null) {
            throw s.error("attempt to yield across metamethod/C-call boundary");
        }
        return self.suspend(s, d, o, n);
    }

    private double suspend(LuaState s, double[] d, Object[] o, int n) {
        passed = new Multi(Arrays.copyOf(d, n), Arrays.copyOf(o, n), n);
        status = Status.SUSPENDED;
        handBack();
        boolean interrupted = false;
        while (!inside) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (closing) {
            throw new LuaKilled("coroutine closed");
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return give(s);
    }

    /// Ends a suspended coroutine's thread and waits for that. Only for whoever runs in the state.
    void close() {
        Thread worker = thread;
        if (worker == null || status != Status.SUSPENDED) {
            return;
        }
        closing = true;
        resumer = Thread.currentThread();
        inside = true;
        LockSupport.unpark(worker);
        Waiting.until(this, () -> !inside, worker);
        failure = null;
    }

    /// The calls under way in a suspended or failed coroutine.
    public String traceback(int fromLevel) {
        return Tracebacks.of(
                context.stack, Math.min(context.depth, context.stack.length), fromLevel);
    }

    @Override
    public long visit(MemoryWalk walk) {
        walk.see(body);
        walk.see(passed);
        walk.seeStack(context.stack, context.depth);
        Context waiting = caller;
        if (waiting != null) {
            walk.seeStack(waiting.stack, waiting.depth);
            walk.see(waiting.current);
        }
        return BYTES;
    }
}
