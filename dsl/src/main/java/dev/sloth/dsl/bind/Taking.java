package dev.sloth.dsl.bind;

import dev.sloth.api.value.Allowance;
import java.util.concurrent.atomic.AtomicLong;

/// What one call of the host takes of its state's memory while it lasts, also from the threads it
/// waits in.
final class Taking implements Allowance {
    /// In place of what was taken beside, when nobody may take any more.
    private static final long OVER = Long.MIN_VALUE;

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
        if (!border.tryTake(more)) {
            return false;
        }
        if (beside.getAndUpdate(had -> had == OVER ? OVER : had + more) == OVER) {
            border.giveBack(more);
            return false;
        }
        return true;
    }

    /// The call has returned, and its results are in the state.
    void over() {
        long had = beside.getAndSet(OVER);
        border.giveBack(bytes + (had == OVER ? 0 : had));
        bytes = 0;
    }
}
