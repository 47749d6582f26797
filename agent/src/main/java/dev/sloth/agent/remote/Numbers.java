package dev.sloth.agent.remote;

import dev.sloth.wire.shared.Numbered;
import java.util.ArrayList;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// Numbers changes. Safe for use by many threads.
final class Numbers {
    /// The master keeps longer answers until it hears that they have come.
    private static final int LONG_BYTES = 1_024;

    private final long asker;
    private final AtomicLong last = new AtomicLong();
    private final Queue<Long> heard = new ConcurrentLinkedQueue<>();

    /// @param asker random
    Numbers(long asker) {
        this.asker = asker;
    }

    Numbered next() {
        var come = new ArrayList<Long>();
        while (come.size() < Numbered.HEARD_MAX) {
            var one = heard.poll();
            if (one == null) {
                break;
            }
            come.add(one);
        }
        return new Numbered(asker, last.incrementAndGet(), come);
    }

    /// An answer has come.
    void came(Numbered number, int bytes) {
        if (bytes > LONG_BYTES) {
            heard.add(number.number());
        }
    }
}
