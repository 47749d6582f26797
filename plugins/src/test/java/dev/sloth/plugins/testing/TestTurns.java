package dev.sloth.plugins.testing;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Concurrency;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Keeper;
import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Goroutines on virtual threads under one lock. A function counts as stuck when it waits without
/// end; when all are stuck, the main function is told so. When that has ended, so have all others
/// that wait.
public final class TestTurns implements Concurrency {
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Condition calm = turn.newCondition();
    private final Set<TestWaiter> waiting = new LinkedHashSet<>();
    private final Set<TestWaiter> stuck = new LinkedHashSet<>();
    private Thread main = Thread.currentThread();
    private boolean over;
    private int alive;

    /// The body of a test, as a function of the script.
    public interface Script {
        void run() throws Exception;
    }

    /// Runs the body as the script's main function, then waits until all goroutines have ended.
    public void run(Script script) throws Exception {
        turn.lock();
        try {
            main = Thread.currentThread();
            over = false;
            alive++;
            try {
                script.run();
            } finally {
                alive--;
                over = true;
                waiting.forEach(waiter -> waiter.changed.signalAll());
            }
            while (alive > 0) {
                if (!calm.await(20, TimeUnit.SECONDS)) {
                    throw new AssertionError(alive + " goroutines did not end");
                }
            }
        } finally {
            turn.unlock();
        }
    }

    <T> T outside(Host.Blocking<T> work) throws InterruptedException, IOException {
        boolean mine = turn.isHeldByCurrentThread();
        if (mine) {
            turn.unlock();
        }
        try {
            return work.run();
        } finally {
            if (mine) {
                turn.lock();
            }
        }
    }

    @Override
    public void spawn(Value.Callable function, List<Value> arguments, Consumer<Ending> ended) {
        alive++;
        Thread.ofVirtual()
                .start(() -> {
                    turn.lock();
                    try {
                        ended.accept(ending(function, arguments));
                    } catch (Over _) {
                        // nobody is left who could be told
                    } finally {
                        alive--;
                        judge();
                        calm.signalAll();
                        turn.unlock();
                    }
                });
    }

    private static Ending ending(Value.Callable function, List<Value> arguments) {
        try {
            return new Ending.Returned(function.call(arguments));
        } catch (ScriptFailure e) {
            return new Ending.Raised(String.valueOf(e.getMessage()), e.value());
        } catch (CallFailure e) {
            var message = String.valueOf(e.getMessage());
            return new Ending.Raised(message, Text.of(message));
        }
    }

    /// Ends what still waits when the main function has ended.
    private static final class Over extends Error {
        private static final long serialVersionUID = 1;
    }

    private void judge() {
        if (!stuck.isEmpty() && stuck.size() == alive) {
            stuck.stream()
                    .filter(waiter -> waiter.mains)
                    .findFirst()
                    .ifPresent(waiter -> {
                        waiter.deadlocked = true;
                        waiter.changed.signalAll();
                        stuck.remove(waiter);
                    });
        }
    }

    @Override
    public Object current() {
        return Thread.currentThread();
    }

    @Override
    public BooleanSupplier underWay() {
        return () -> true;
    }

    @Override
    public Waiter waiter(Supplier<String> what, Keeper keeper) {
        return new TestWaiter(what);
    }

    @Override
    public List<Value> within(Duration time, String reason, Value.Callable function) {
        long end = System.nanoTime() + time.toNanos();
        var results = function.call(List.of());
        if (System.nanoTime() - end >= 0) {
            throw new CallFailure(reason);
        }
        return results;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        waiter("sleep").park(duration.isZero() ? Duration.ofNanos(1) : duration);
    }

    private final class TestWaiter implements Waiter {
        private final Supplier<String> what;
        private final Condition changed = turn.newCondition();
        private boolean mains;
        private boolean woken;
        private boolean deadlocked;

        TestWaiter(Supplier<String> what) {
            this.what = what;
        }

        @Override
        public boolean park(Duration timeout) throws InterruptedException {
            if (!turn.isHeldByCurrentThread()) {
                throw new AssertionError("parked outside of a turn");
            }
            long left = timeout.toNanos();
            boolean endless = timeout.isZero();
            mains = Thread.currentThread() == main;
            waiting.add(this);
            if (endless && !woken) {
                stuck.add(this);
                judge();
            }
            try {
                while (!woken && !deadlocked && !over && (endless || left > 0)) {
                    if (endless) {
                        changed.await();
                    } else {
                        left = changed.awaitNanos(left);
                    }
                }
            } finally {
                stuck.remove(this);
                waiting.remove(this);
            }
            if (over) {
                throw new Over();
            }
            if (deadlocked) {
                throw new CallFailure("all goroutines wait: " + what.get());
            }
            boolean result = woken;
            woken = false;
            return result;
        }

        @Override
        public void wake() {
            if (!turn.isHeldByCurrentThread()) {
                throw new AssertionError("woken outside of a turn");
            }
            woken = true;
            stuck.remove(this);
            changed.signalAll();
        }
    }
}
