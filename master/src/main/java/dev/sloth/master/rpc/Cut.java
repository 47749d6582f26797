package dev.sloth.master.rpc;

import io.grpc.Context;
import java.util.concurrent.locks.ReentrantLock;

/// Ends what a call waits for when its caller ends it.
final class Cut implements Context.CancellationListener {
    private final Thread thread = Thread.currentThread();
    private final ReentrantLock lock = new ReentrantLock();

    // guarded by `lock`
    private boolean over;

    private Cut() {}

    /// Something that waits.
    @FunctionalInterface
    interface Waiting<T> {
        T run() throws InterruptedException;
    }

    /// @throws InterruptedException when the call of this thread was ended
    static <T> T unlessCancelled(Waiting<T> work) throws InterruptedException {
        var cut = new Cut();
        var context = Context.current();
        context.addListener(cut, Runnable::run);
        try {
            return work.run();
        } finally {
            context.removeListener(cut);
            cut.end();
        }
    }

    @Override
    public void cancelled(Context context) {
        lock.lock();
        try {
            if (!over) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            over = true;
            // This thread goes on with other things, which nobody has ended.
            boolean _ = Thread.interrupted();
        } finally {
            lock.unlock();
        }
    }
}
