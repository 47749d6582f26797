package dev.sloth.plugins.value;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Processes;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/// Processes whose kept output is paid for by the script that runs them: from when it is read until
/// the call is over. One that writes more than the script can have is ended.
///
/// @param call in which they are run
public record PaidProcesses(Call call) implements Processes {
    /// Who waits for one process, and is to be interrupted when there is no room for its output.
    private static final class Waiter {
        private final Thread thread = Thread.currentThread();
        private final ReentrantLock lock = new ReentrantLock();

        // guarded by `lock`
        private boolean waits = true;
        private boolean full;

        void noRoom() {
            lock.lock();
            try {
                if (waits && !full) {
                    thread.interrupt();
                }
                full = true;
            } finally {
                lock.unlock();
            }
        }

        /// It waits no more. Whether there was no room; then the interrupt was for that.
        boolean isFull() {
            lock.lock();
            try {
                waits = false;
                if (full) {
                    boolean _ = Thread.interrupted();
                }
                return full;
            } finally {
                lock.unlock();
            }
        }
    }

    /// @throws CallFailure when they write more than the script can have
    @Override
    public Ended run(Command command) throws IOException, InterruptedException {
        var waiter = new Waiter();
        try {
            var ended =
                    call.host()
                            .processes()
                            .run(
                                    command.room(bytes -> {
                                        boolean has = call.tryTake(bytes);
                                        if (!has) {
                                            waiter.noRoom();
                                        }
                                        return has;
                                    }));
            return room(waiter, ended);
        } catch (InterruptedException e) {
            var _ = room(waiter, e);
            throw e;
        }
    }

    private static <T> T room(Waiter waiter, T what) {
        if (waiter.isFull()) {
            throw new CallFailure(
                    "not enough memory for what the command writes: send it to a file, or raise"
                            + " script.execute_memory");
        }
        return what;
    }
}
