package dev.sloth.cli.run;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A thread that does one piece of work after the other, as it is given them. An interrupt meets
/// the work it is meant for and no other, wherever the thread is at that moment.
final class Worker {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::live);
    private Optional<Runnable> given = Optional.empty();
    private String name = "";
    private boolean working;
    private boolean interrupted;
    private boolean over;

    static Worker started() {
        var worker = new Worker();
        worker.thread.start();
        return worker;
    }

    /// To be called when what was given before is done.
    void begin(String what, Runnable body) {
        locked(() -> {
            name = what;
            given = Optional.of(body);
            interrupted = false;
            changed.signal();
        });
    }

    /// Interrupts what was given last, unless it is done.
    void interrupt() {
        locked(() -> {
            interrupted = true;
            if (working) {
                thread.interrupt();
            }
        });
    }

    /// Interrupts what was given last, and takes nothing more.
    void end() {
        interrupt();
        locked(() -> {
            over = true;
            changed.signal();
        });
    }

    void join(Duration longest) throws InterruptedException {
        thread.join(longest);
    }

    private void locked(Runnable act) {
        lock.lock();
        try {
            act.run();
        } finally {
            lock.unlock();
        }
    }

    private void live() {
        for (var body = next(); body.isPresent(); body = next()) {
            body.get().run();
        }
    }

    private Optional<Runnable> next() {
        lock.lock();
        try {
            working = false;
            var _ = Thread.interrupted();
            while (given.isEmpty() && !over) {
                changed.awaitUninterruptibly();
            }
            var next = given;
            given = Optional.empty();
            next.ifPresent(_ -> takeUp());
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void takeUp() {
        thread.setName(name);
        working = true;
        if (interrupted) {
            thread.interrupt();
        }
    }
}
