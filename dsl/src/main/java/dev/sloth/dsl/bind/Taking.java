package dev.sloth.dsl.bind;

import dev.sloth.api.value.Allowance;
import java.util.concurrent.atomic.AtomicLong;

/// What one call of the host takes of its state's memory while it lasts, also from the threads it
/// waits in.
final class Taking implements Allowance {
    private final Border border;
    private final AtomicLong beside = new AtomicLong();
    private long bytes;

    Taking(Border border) {
        this.border = border;
    }

    @Override
    public void take(long more) {
        if (more < 0) {
            throw new IllegalArgumentException("nobody takes " + more + " bytes");
        }
        border.state().fibers().enter(() -> taken(more));
    }

    private long taken(long more) {
        border.take(more);
        bytes += more;
        return bytes;
    }

    @Override
    public boolean tryTake(long more) {
        if (!border.takeBeside(more)) {
            return false;
        }
        beside.addAndGet(more);
        return true;
    }

    /// The call has returned, and its results are in the state.
    void over() {
        border.giveBack(bytes);
        border.giveBackBeside(beside.getAndSet(0));
        bytes = 0;
    }
}
