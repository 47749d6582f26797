package dev.sloth.lua.value;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One line of execution of a state that runs beside others: the host's call, or a function started
/// with [Fibers#spawn].
public final class Fiber implements MemoryWalk.Visited {
    /// What one takes: its thread with the frames of a short function, and what belongs to it here.
    public static final long BYTES = 4096;

    final Context context = new Context();
    private final boolean host;

    @Nullable Thread thread;
    @Nullable LuaFunction body;

    /// What the body is to be called with, until it is.
    Multi given = Multi.NONE;

    /// What the host keeps for it while it is parked.
    @Nullable Object keeps;

    /// Says what it waits for and where, while it is parked for ever; guarded by [Fibers].
    Optional<Supplier<String>> waitsFor = Optional.empty();

    /// Whether it stands in the line for the baton; guarded by [Baton].
    boolean queued;

    /// Whether it has the baton; set by [Baton].
    volatile boolean holds;

    /// The thread that comes for the baton.
    volatile @Nullable Thread comes;

    volatile @Nullable Thread parked;
    volatile boolean woken;
    volatile String deadlock = "";
    volatile boolean done;
    private volatile @Nullable LuaError failure;
    private volatile Multi results = Multi.NONE;

    Fiber(boolean host) {
        this.host = host;
    }

    /// Whether the host waits for it to return.
    public boolean isHost() {
        return host;
    }

    public boolean isDone() {
        return done;
    }

    /// The error that ended it.
    public Optional<LuaError> failure() {
        return Optional.ofNullable(failure);
    }

    void failed(LuaError error) {
        failure = error;
    }

    /// What its function has returned; nothing before its end, or when it failed.
    public Multi results() {
        return results;
    }

    void returned(Multi values) {
        results = values;
    }

    /// Nothing of what it did is kept from the collector by its stack, which lasts until the next
    /// call of the host.
    void end(LuaState s) {
        done = true;
        Arrays.fill(s.stack, LuaNil.NIL);
    }

    void unpark() {
        LockSupport.unpark(parked);
    }

    @Override
    public long visit(MemoryWalk walk) {
        walk.see(body);
        walk.see(given);
        walk.see(keeps);
        return BYTES;
    }
}
