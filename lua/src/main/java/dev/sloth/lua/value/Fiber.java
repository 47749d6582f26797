package dev.sloth.lua.value;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One line of execution of a state that runs beside others: the host's call, or a function started
/// with [Fibers#spawn].
public final class Fiber {
    final Context context = new Context();
    private final boolean host;

    @Nullable Thread thread;
    @Nullable LuaFunction body;

    /// What it waits for and where, while it is parked for ever; guarded by [Fibers].
    String waitsFor = "";

    volatile @Nullable Thread parked;
    volatile boolean woken;
    volatile String deadlock = "";
    volatile boolean done;
    private volatile @Nullable LuaError failure;

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

    void unpark() {
        LockSupport.unpark(parked);
    }
}
