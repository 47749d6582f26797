package dev.sloth.agent.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// Why a spool cannot write at present; it is logged, but not again and again.
final class Trouble {
    private static final System.Logger LOG = System.getLogger(LogSpool.class.getName());

    private static final Duration SAID_EVERY = Duration.ofMinutes(1);

    private final AtomicLong said = new AtomicLong(System.nanoTime() - SAID_EVERY.toNanos());
    private final Path folder;
    private final AtomicReference<Optional<IOException>> present =
            new AtomicReference<>(Optional.empty());

    Trouble(Path folder) {
        this.folder = folder;
    }

    void begins(IOException why) {
        if (present.getAndSet(Optional.of(why)).isEmpty() && isTimeToSay()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "lines cannot be kept in {0} and wait: {1}",
                    folder,
                    why);
        }
    }

    /// A disk that stays full is written to whenever a little room has been made.
    private boolean isTimeToSay() {
        long now = System.nanoTime();
        long last = said.get();
        return now - last >= SAID_EVERY.toNanos() && said.compareAndSet(last, now);
    }

    void ends() {
        if (present.get().isPresent()) {
            present.set(Optional.empty());
        }
    }

    Optional<IOException> present() {
        return present.get();
    }
}
