package dev.sloth.plugins.goroutine;

import dev.sloth.api.plugin.CallFailure;

/// Counts what is still to be done; waiting ends at zero.
final class WaitGroup {
    private final Gathering waiting = new Gathering();
    private long count;

    void add(long more) {
        if (count + more < 0) {
            throw new CallFailure("the wait group is done more often than was added");
        }
        count += more;
        if (count == 0) {
            waiting.wakeAll();
        }
    }

    boolean await(Limit limit) throws InterruptedException {
        return waiting.await(
                () -> "wait_group wait, " + count + " to be done", () -> count == 0, limit);
    }
}
