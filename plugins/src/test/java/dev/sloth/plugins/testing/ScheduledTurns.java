package dev.sloth.plugins.testing;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Concurrency;
import dev.sloth.api.plugin.Keeper;
import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.testkit.Gen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Goroutines of which one runs at a time, in an order that is drawn: so each schedule that the
/// contract of [Concurrency] allows comes at some time, and the same one comes again from the same
/// seed. Time stands still until a wait with an end is drawn to be over, or nothing else is left.
public final class ScheduledTurns implements Concurrency {
    private static final int TIME_UP_PERCENT = 10;

    private final Gen gen;
    private final Semaphore back = new Semaphore(0);
    private final List<Strand> ready = new ArrayList<>();
    private final List<Strand> alive = new ArrayList<>();
    private Optional<Strand> running = Optional.empty();
    private Optional<Throwable> failure = Optional.empty();
    private boolean over;
    private long now;

    public ScheduledTurns(Gen gen) {
        this.gen = gen;
    }

    /// What ends a goroutine that still waits when the main function has ended.
    private static final class Over extends Error {
        private static final long serialVersionUID = 1;
    }

    /// One goroutine, or the main function.
    private final class Strand {
        private final boolean main;
        private final Semaphore go = new Semaphore(0);
        private Optional<ScheduledWaiter> waits = Optional.empty();

        Strand(boolean main) {
            this.main = main;
        }

        void start(Runnable body) {
            alive.add(this);
            ready.add(this);
            Thread.ofVirtual()
                    .start(() -> {
                        go.acquireUninterruptibly();
                        try {
                            if (!over) {
                                body.run();
                            }
                        } catch (Over _) {
                            // nobody is left who could be told
                        } catch (Throwable e) {
                            failure = failure.or(() -> Optional.of(e));
                        } finally {
                            alive.remove(this);
                            back.release();
                        }
                    });
        }

        void run() {
            running = Optional.of(this);
            go.release();
            back.acquireUninterruptibly();
        }

        void leave() {
            back.release();
            go.acquireUninterruptibly();
            if (over) {
                throw new Over();
            }
        }
    }

    /// The body of a test, as the main function of a script.
    public interface Script {
        void run() throws Exception;
    }

    /// Runs the main function, and all it spawns until it ends; what fails in any of them fails
    /// here.
    public void run(Script script) {
        var main = new Strand(true);
        main.start(() -> {
            try {
                script.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        while (alive.contains(main) && failure.isEmpty()) {
            next().run();
        }
        over = true;
        while (!alive.isEmpty()) {
            alive.getFirst().run();
        }
        failure.ifPresent(cause -> {
            throw new AssertionError(cause.getMessage(), cause);
        });
    }

    private Strand next() {
        var timed = alive.stream().filter(strand -> strand.waits.filter(w -> w.timed).isPresent());
        var first = timed.min(Comparator.comparingLong(strand -> strand.waits.orElseThrow().until));
        if (first.isPresent() && (ready.isEmpty() || gen.chance(TIME_UP_PERCENT))) {
            var waiter = first.get().waits.orElseThrow();
            now = Math.max(now, waiter.until);
            waiter.rise();
        }
        if (ready.isEmpty()) {
            var main = alive.stream().filter(strand -> strand.main).findFirst().orElseThrow();
            var waiter = main.waits.orElseThrow();
            waiter.deadlocked = true;
            waiter.rise();
        }
        return ready.remove(gen.below(ready.size()));
    }

    @Override
    public void spawn(Value.Callable function, List<Value> arguments, Consumer<Ending> ended) {
        new Strand(false).start(() -> ended.accept(ending(function, arguments)));
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

    @Override
    public Waiter waiter(Supplier<String> what, Keeper keeper) {
        return new ScheduledWaiter(what);
    }

    private final class ScheduledWaiter implements Waiter {
        private final Supplier<String> what;
        private Optional<Strand> strand = Optional.empty();
        private boolean timed;
        private long until;
        private boolean woken;
        private boolean deadlocked;

        ScheduledWaiter(Supplier<String> what) {
            this.what = what;
        }

        @Override
        public boolean park(Duration timeout) {
            if (!woken) {
                var mine = running.orElseThrow();
                strand = running;
                timed = !timeout.isZero();
                until = now + timeout.toNanos();
                mine.waits = Optional.of(this);
                mine.leave();
            }
            if (deadlocked && !woken) {
                throw new CallFailure("deadlock: " + what.get());
            }
            boolean result = woken;
            woken = false;
            return result;
        }

        @Override
        public void wake() {
            woken = true;
            rise();
        }

        private void rise() {
            if (strand.isPresent()) {
                strand.get().waits = Optional.empty();
                ready.add(strand.get());
                strand = Optional.empty();
            }
        }
    }

    @Override
    public Object current() {
        return running.orElseThrow();
    }

    @Override
    public BooleanSupplier underWay() {
        return () -> true;
    }

    @Override
    public List<Value> within(Duration time, String reason, Value.Callable function) {
        throw new UnsupportedOperationException("no limits of time here");
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        waiter("sleep").park(duration.isZero() ? Duration.ofNanos(1) : duration);
    }
}
