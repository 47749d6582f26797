package dev.sloth.lua.value;

import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The right to run Lua in a state. It goes from fiber to fiber in the order in which they became
/// ready, not in the order in which their threads happen to come: so a script that waits for
/// nothing outside takes the same turns in each of its runs.
final class Baton {
    private final ReentrantLock guard = new ReentrantLock();

    // guarded by `guard`
    private final ArrayDeque<Fiber> ready = new ArrayDeque<>();
    private @Nullable Fiber holder;

    /// Puts a fiber behind those that are ready; its thread may come for its turn later. Not one
    /// that is ready already, or has its turn.
    void queue(Fiber fiber) {
        guard.lock();
        try {
            if (fiber.queued || fiber.holds) {
                return;
            }
            fiber.queued = true;
            ready.add(fiber);
            if (holder == null) {
                handOn();
            }
        } finally {
            guard.unlock();
        }
    }

    /// Waits for the fiber's turn on the calling thread, whatever interrupts.
    void await(Fiber fiber) {
        fiber.comes = Thread.currentThread();
        queue(fiber);
        boolean interrupted = false;
        while (!fiber.holds) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Takes it for the calling thread if it lies there; whether it did.
    boolean tryTake(Fiber fiber) {
        guard.lock();
        try {
            if (holder != null) {
                return false;
            }
            fiber.comes = Thread.currentThread();
            fiber.holds = true;
            holder = fiber;
            return true;
        } finally {
            guard.unlock();
        }
    }

    /// Gives it to the next one who is ready, or lays it down.
    void pass(Fiber fiber) {
        guard.lock();
        try {
            fiber.holds = false;
            holder = null;
            handOn();
        } finally {
            guard.unlock();
        }
    }

    private void handOn() {
        Fiber next = ready.poll();
        if (next == null) {
            return;
        }
        holder = next;
        next.queued = false;
        next.holds = true;
        LockSupport.unpark(next.comes);
    }

    /// Whether somebody is ready and waits for it.
    boolean isWanted() {
        guard.lock();
        try {
            return !ready.isEmpty();
        } finally {
            guard.unlock();
        }
    }
}
