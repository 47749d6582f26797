package dev.sloth.lua.value;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits of one thread for another that runs in its stead.
final class Waiting {
    private Waiting() {}

    /// Parks until `done`; an interrupt meanwhile goes to the thread that works, and is restored
    /// here after.
    static void until(Object blocker, BooleanSupplier done, Thread worker) {
        boolean interrupted = false;
        while (!done.getAsBoolean()) {
            LockSupport.park(blocker);
            if (Thread.interrupted()) {
                interrupted = true;
                worker.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Joins a thread, whatever interrupts.
    static void forEnd(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Throws what another thread failed with.
    static RuntimeException rethrown(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        throw new IllegalStateException(failure);
    }
}
