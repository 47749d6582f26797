package dev.sloth.dsl.bind;

import dev.sloth.api.value.Allowance;

/// What one call of the host takes of its state's memory while it lasts, also from the threads it
/// waits in.
final class Taking implements Allowance {
    private final Border border;
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

    /// The call has returned, and its results are in the state.
    void over() {
        border.giveBack(bytes);
        bytes = 0;
    }
}
