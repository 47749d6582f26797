package dev.sloth.cli;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.value.Allowance;
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

/// The shared state in the home folder, opened when it is used first. From when something is
/// written on, a thread removes what has expired and forgets what is old; whoever only reads takes
/// nothing from others, whatever the settings here say. Safe for use by many threads.
final class OpenState implements SharedState, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(OpenState.class.getName());

    private final LazyStore lazy;
    private final Config.Shared config;
    private final Causes causes;
    private final Because own;
    private final InstantSource time = InstantSource.system();

    /// What is open: nothing, or one.
    private final List<LocalState> opened = new ArrayList<>(1);

    /// Who sweeps: nobody, or one.
    private final List<Sweeper> sweeping = new ArrayList<>(1);

    private boolean closed;

    OpenState(Path home, Config.Shared config, Causes causes) {
        this.lazy = new LazyStore(home);
        this.config = config;
        this.causes = causes;
        this.own = new Because(causes.all());
    }

    /// Those of the settings, and otherwise the usual ones.
    static StateLimits limits(Config.Shared config) {
        return new StateLimits(
                config.maxKeys(),
                config.maxBytes(),
                config.maxValue(),
                config.maxItems(),
                config.maxAnswer(),
                config.history(),
                StateLimits.DEFAULT.waiterTtl(),
                config.maxCommands(),
                config.transactionMax());
    }

    @Override
    public Answer ask(StateCommand command, Allowance allowance) {
        return own.ask(command, allowance);
    }

    @Override
    public Answer lock(StateCommand.Lock lock, Duration timeout) throws InterruptedException {
        return own.lock(lock, timeout);
    }

    @Override
    public Transaction begin() {
        return own.begin();
    }

    @Override
    public Duration transactionMax() {
        return own.transactionMax();
    }

    @Override
    public Watch watch(String pattern) {
        return own.watch(pattern);
    }

    @Override
    public SharedState becauseOf(List<String> others) {
        return new Because(others);
    }

    /// For somebody who acts because of something.
    private final class Because implements SharedState {
        private final List<String> all;

        Because(List<String> all) {
            this.all = all;
        }

        @Override
        public Answer ask(StateCommand command, Allowance allowance) {
            var state = command instanceof StateCommand.Look ? state() : swept();
            return state.becauseOf(all).ask(command, allowance);
        }

        @Override
        public Answer lock(StateCommand.Lock lock, Duration timeout) throws InterruptedException {
            return swept().lock(lock, timeout);
        }

        @Override
        public Transaction begin() {
            return swept().becauseOf(all).begin();
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
            return new Because(others);
        }
    }

    /// See [LocalState].
    List<Held> held(String pattern) {
        return state().held(pattern);
    }

    /// See [LocalState].
    void hold(List<Held> all) {
        swept().hold(all, causes.all());
    }

    /// Of this namespace itself; it is swept from now on.
    LocalState local() {
        return swept();
    }

    /// Has it swept from now on, also when nothing is written here.
    void sweep() {
        var _ = swept();
    }

    private synchronized LocalState state() {
        if (closed) {
            throw new IllegalStateException("the shared state is closed");
        }
        if (opened.isEmpty()) {
            opened.add(open());
        }
        return opened.getFirst();
    }

    private synchronized LocalState swept() {
        var state = state();
        if (sweeping.isEmpty()) {
            var sweep = new Sweep(lazy.store().state(), limits(config), time);
            sweeping.add(Sweeper.start(sweep, config.sweep()));
        }
        return state;
    }

    private LocalState open() {
        var patience = SteadyTime.notBefore(Instant.MIN);
        return new LocalState(
                lazy.store().state(), config.namespace(), limits(config), time, patience);
    }

    @Override
    public synchronized void close() {
        closed = true;
        try (lazy) {
            sweeping.forEach(Sweeper::close);
            sweeping.clear();
            opened.forEach(LocalState::close);
            opened.clear();
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
