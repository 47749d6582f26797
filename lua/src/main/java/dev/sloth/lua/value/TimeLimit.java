package dev.sloth.lua.value;

import org.jspecify.annotations.Nullable;

/// A limit of the time of a part of a script. Once it is up, whatever that part does fails, again
/// and again until it has ended, so that no `pcall` keeps it going; the rest of the script is not
/// concerned.
public final class TimeLimit implements AutoCloseable {
    private final Fibers fibers;
    private final Fiber fiber;
    private final @Nullable LuaCoroutine coroutine;
    private final String reason;

    private volatile boolean up;
    private boolean closed;

    TimeLimit(Fibers fibers, Fiber fiber, @Nullable LuaCoroutine coroutine, String reason) {
        this.fibers = fibers;
        this.fiber = fiber;
        this.coroutine = coroutine;
        this.reason = reason;
    }

    String reason() {
        return reason;
    }

    /// Whether what runs now is of the part: not while the coroutine that it was begun in is left.
    @SuppressWarnings("ReferenceEquality") // this very coroutine
    boolean concerns(Fiber running, @Nullable LuaCoroutine current) {
        return coroutine == null
                ? fiber == running
                : current != null && current.isInside(coroutine);
    }

    public boolean isUp() {
        return up;
    }

    /// Says that its time is up: what waits in the part is interrupted. From any thread.
    public void expire() {
        fibers.expire(this);
    }

    /// By [Fibers], under its guard; whether it was open.
    boolean beUp() {
        up = !closed;
        return up;
    }

    /// By [Fibers], under its guard.
    void beClosed() {
        closed = true;
    }

    /// The part has ended.
    @Override
    public void close() {
        fibers.end(this);
    }
}
