package dev.sloth.agent.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The life of a process, our own child or one that an earlier process of ours started.
interface Life {
    boolean over() throws IOException;

    /// Returns when it is over, and else after the time.
    void await(Duration atMost) throws InterruptedException;

    static Life of(Process child) {
        return new Life() {
            @Override
            public boolean over() {
                return !child.isAlive();
            }

            @Override
            public void await(Duration atMost) throws InterruptedException {
                child.waitFor(atMost.toNanos(), TimeUnit.NANOSECONDS);
            }
        };
    }

    /// Of a stranger nobody tells us the end: we look.
    static Life of(ProcessIdentity stranger) {
        return new Life() {
            @Override
            public boolean over() {
                return stranger.row().isEmpty();
            }

            @Override
            public void await(Duration atMost) throws InterruptedException {
                Thread.sleep(atMost);
            }
        };
    }
}
