package dev.sloth.lua.value;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A coroutine: a function that runs in a [Vessel] of its own.
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

    /// About what one takes that has not begun.
    public static final long BYTES = 256;

    /// About what each call in one takes that has begun; in the tree it is more.
    private static final long BYTES_PER_CALL = 270;

    /// Calls that a resumed coroutine can surely make before it goes on elsewhere.
    private static final int ROOM_MIN = 32;

    private static final Object[] NOTHING = {};

    private final LuaFunction body;
    private final Context context = new Context();
    private final Context outside = new Context(NOTHING);
    private Status status = Status.SUSPENDED;
    private Multi passed = Multi.NONE;
    private @Nullable Throwable failure;
    private @Nullable Vessel vessel;

    /// What called it, while it runs: a memory walk then has to go there from here.
    private @Nullable Context caller;

    private boolean closing;

    /// Whether it must not be left now.
    private boolean held;

    /// The most calls that it was left with, which were charged for.
    private int deepest;

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

    /// Where it was resumed, while it runs.
    @Nullable Context caller() {
        return caller;
    }

    /// Says whether it may be left.
    void hold(boolean now) {
        held = now;
    }

    /// Where it is, while it does not run.
    Context context() {
        return context;
    }

    /// Starts or goes on; gives what it yields or returns, or throws what it fails with. A
    /// coroutine that cannot be resumed is a [LuaError] too.
    public double resume(LuaState s, double[] d, Object[] o, int n) {
        if (status != Status.SUSPENDED) {
            throw LuaError.of("cannot resume " + status + " coroutine");
        }
        Vessel mine = vessel == null ? begun(s) : vessel;
        int room = mine.room(s.hopAt - s.depth);
        int needed = (context.trip == null ? context.depth : 0) + ROOM_MIN;
        if (room < needed) {
            return s.hop(() -> resume(s, d, o, n));
        }
        passed = new Multi(Arrays.copyOf(d, n), Arrays.copyOf(o, n), n);
        enter(s, mine, room);
        Throwable thrown = failure;
        if (thrown != null) {
            failure = null;
            throw Waiting.rethrown(thrown);
        }
        return give(s);
    }

    private Vessel begun(LuaState s) {
        var made =
                Continuations.OPEN
                        .<Vessel>map(how -> new ContinuationVessel(how, () -> live(s)))
                        .orElseGet(() -> new ThreadVessel(s.fibers(), () -> live(s)));
        s.charge(made.bytes());
        s.fibers().begun().admit(this);
        context.hostDepth = s.hostDepth;
        vessel = made;
        return made;
    }

    private void enter(LuaState s, Vessel into, int room) {
        LuaCoroutine previous = s.current;
        if (previous != null) {
            previous.status = Status.NORMAL;
        }
        outside.save(s);
        caller = outside;
        context.current = this;
        context.fiber = outside.fiber;
        if (context.trip == null) {
            context.hopAt = room;
        }
        context.load(s);
        status = Status.RUNNING;
        s.fibers().runs(context.trip == null ? Thread.currentThread() : context.trip.runner);
        into.enter();
        context.save(s);
        caller = null;
        outside.load(s);
        outside.stack = NOTHING;
        s.fibers().runs(Thread.currentThread());
        if (previous != null) {
            previous.status = Status.RUNNING;
        }
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
            s.fibers().begun().dismiss(this);
        }
    }

    /// Suspends the coroutine that runs; gives what it is resumed with.
    public static double yieldValues(LuaState s, double[] d, Object[] o, int n) {
        LuaCoroutine self = s.current;
        if (self == null || self.held) {
            throw s.error("attempt to yield across metamethod/C-call boundary");
        }
        return self.suspend(s, d, o, n);
    }

    private double suspend(LuaState s, double[] d, Object[] o, int n) {
        if (s.depth > deepest) {
            s.charge(BYTES_PER_CALL * (s.depth - deepest));
            deepest = s.depth;
        }
        passed = new Multi(Arrays.copyOf(d, n), Arrays.copyOf(o, n), n);
        status = Status.SUSPENDED;
        leave(s);
        if (closing) {
            throw new LuaKilled("coroutine closed");
        }
        return give(s);
    }

    private void leave(LuaState s) {
        Vessel from = vessel;
        if (from == null) {
            throw new IllegalStateException("a coroutine runs that has not begun");
        }
        try {
            Hop.leave(s.trip, from);
        } catch (IllegalStateException e) {
            // something below is not of Java's making: a class that is being initialized, say
            status = Status.RUNNING;
            throw s.error("attempt to yield across a call that cannot be left");
        }
    }

    /// Ends what stays behind of a suspended coroutine, and waits for that. Only for whoever runs
    /// in the state.
    void close(LuaState s) {
        Vessel left = vessel;
        if (left == null || status != Status.SUSPENDED) {
            return;
        }
        closing = true;
        if (left.staysBehind() || context.trip != null) {
            outside.save(s);
            context.load(s);
            left.enter();
            outside.load(s);
        }
        s.fibers().begun().dismiss(this);
        status = Status.DEAD;
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
        context.visit(walk);
        Context waiting = caller;
        if (waiting != null) {
            waiting.visit(walk);
        }
        Vessel begun = status == Status.DEAD ? null : vessel;
        return begun == null ? BYTES : BYTES + begun.bytes() + BYTES_PER_CALL * context.depth;
    }
}
