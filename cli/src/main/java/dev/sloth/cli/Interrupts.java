package dev.sloth.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;

/// What Ctrl-C means while something runs: the first asks it to end, the second ends the program at
/// once, and everything it started unless that is to live on. SIGTERM counts as Ctrl-C.
final class Interrupts implements AutoCloseable {
    private final Runnable first;
    private final Runnable last;
    private final Started started;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Object oldInterrupt;
    private final Object oldTerminate;

    /// What becomes of the processes that were started when the program ends at once.
    enum Started {
        /// Nobody would know of them any more.
        KILLED,

        /// The next start of the program finds them again.
        LEFT
    }

    /// Of a program that ends all it started. `first` runs at most once, on a thread of the system,
    /// which busy scripts cannot starve; `last` right before the end at once.
    Interrupts(Runnable first, Runnable last) {
        this(first, last, Started.KILLED);
    }

    /// The same, and what becomes of what it started.
    Interrupts(Runnable first, Runnable last, Started started) {
        this.first = first;
        this.started = started;
        this.last = last;
        this.oldInterrupt = Signals.register("INT", this::interrupted);
        this.oldTerminate = Signals.register("TERM", this::interrupted);
    }

    /// Asks what runs to end, as a first Ctrl-C does; whether nobody had.
    boolean ask() {
        boolean isFirst = asked.compareAndSet(false, true);
        if (isFirst) {
            // Not virtual: it must have its turn whatever scripts do with theirs.
            Thread.ofPlatform().daemon().name("cancel").start(first);
        }
        return isFirst;
    }

    private void interrupted() {
        if (ask()) {
            return;
        }
        try {
            // First, since it knows what must end as one.
            last.run();
            if (started == Started.KILLED) {
                ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
            }
        } finally {
            Runtime.getRuntime().halt(Exit.CANCELLED);
        }
    }

    boolean asked() {
        return asked.get();
    }

    @Override
    public void close() {
        Signals.unregister("INT", oldInterrupt);
        Signals.unregister("TERM", oldTerminate);
    }
}
