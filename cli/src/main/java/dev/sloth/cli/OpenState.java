package dev.sloth.cli;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.state.StateCommand;
import dev.sloth.cli.config.Config;
import dev.sloth.core.state.Held;
import dev.sloth.core.state.LocalState;
import dev.sloth.core.state.StateLimits;
import dev.sloth.core.state.Sweep;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.drive.SteadyTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The shared state in the home folder, opened when it is used first. While it is open, a thread
/// removes what has expired. Safe for use by many threads.
final class OpenState implements SharedState, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(OpenState.class.getName());

    private final LazyStore lazy;
    private final Config.Shared config;
    private final Causes causes;
    private final InstantSource time = InstantSource.system();

    /// What is open: nothing, or all of one.
    private final List<Opened> opened = new ArrayList<>(1);

    private boolean closed;

    OpenState(Path home, Config.Shared config, Causes causes) {
        this.lazy = new LazyStore(home);
        this.config = config;
        this.causes = causes;
    }

    /// Those of the settings, and otherwise the usual ones.
    static StateLimits limits(Config.Shared config) {
        return new StateLimits(
                config.maxKeys(),
                config.maxBytes(),
                config.maxValue(),
                config.maxItems(),
                config.history(),
                StateLimits.DEFAULT.waiterTtl(),
                config.maxCommands(),
                config.transactionMax());
    }

    @Override
    public Answer ask(StateCommand command) {
        return because().ask(command);
    }

    @Override
    public Answer lock(StateCommand.Lock lock, Duration timeout) throws InterruptedException {
        return state().lock(lock, timeout);
    }

    @Override
    public Transaction begin() {
        return because().begin();
    }

    private SharedState because() {
        return causes.all().isEmpty() ? state() : state().becauseOf(causes.all());
    }

    @Override
    public Duration transactionMax() {
        return config.transactionMax();
    }

    @Override
    public Watch watch(String pattern) {
        return state().watch(pattern);
    }

    @Override
    public SharedState becauseOf(List<String> others) {
        return state().becauseOf(others);
    }

    /// See [LocalState].
    List<Held> held(String pattern) {
        return state().held(pattern);
    }

    /// See [LocalState].
    void hold(List<Held> all) {
        state().hold(all, causes.all());
    }

    private synchronized LocalState state() {
        if (closed) {
            throw new IllegalStateException("the shared state is closed");
        }
        if (opened.isEmpty()) {
            opened.add(open());
        }
        return opened.getFirst().state();
    }

    private Opened open() {
        var store = lazy.store().state();
        var limits = limits(config);
        var patience = SteadyTime.notBefore(Instant.MIN);
        var state = new LocalState(store, config.namespace(), limits, time, patience);
        var sweep = new Sweep(store, limits, time);
        return new Opened(state, Sweeper.start(sweep, config.sweep()));
    }

    @Override
    public synchronized void close() {
        closed = true;
        try (lazy) {
            opened.forEach(Opened::close);
            opened.clear();
        }
    }

    /// All that is open.
    private record Opened(LocalState state, Sweeper sweeper) {
        /// From the last to the first, whatever fails.
        void close() {
            try (state) {
                sweeper.close();
            }
        }
    }

    /// Sweeps once in a while, until it is closed.
    private record Sweeper(Thread thread, CountDownLatch ended) {
        static Sweeper start(Sweep sweep, Duration pause) {
            var ended = new CountDownLatch(1);
            var thread =
                    Thread.ofPlatform()
                            .name("state-sweep")
                            .daemon()
                            .start(() -> sweepUntil(ended, sweep, pause));
            return new Sweeper(thread, ended);
        }

        private static void sweepUntil(CountDownLatch ended, Sweep sweep, Duration pause) {
            try {
                do {
                    sweep(ended, sweep);
                } while (!ended.await(pause.toNanos(), TimeUnit.NANOSECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /// When the store fails, the next time does it all; who uses the store is told of what is
        /// wrong with it.
        private static void sweep(CountDownLatch ended, Sweep sweep) {
            try {
                while (ended.getCount() > 0 && sweep.step()) {
                    // One part after the other, so that others can write between them.
                }
            } catch (StoreFailure e) {
                LOG.log(System.Logger.Level.DEBUG, "shared state was not swept", e);
            }
        }

        /// Waits for the part of a sweep that is under way, for it uses the store.
        void close() {
            ended.countDown();
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
