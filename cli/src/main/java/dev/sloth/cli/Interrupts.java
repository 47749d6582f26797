package dev.sloth.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;

/// What Ctrl-C means while something runs: the first asks it to end, the second ends the program
/// and everything it started at once. SIGTERM counts as a first Ctrl-C.
final class Interrupts implements AutoCloseable {
    private final Runnable first;
    private final Runnable last;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Object oldInterrupt;
    private final Object oldTerminate;

    /// `first` runs at most once, on a thread of the system, which busy scripts cannot starve;
    /// `last` right before the end at once.
    Interrupts(Runnable first, Runnable last) {
        this.first = first;
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
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
            last.run();
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
