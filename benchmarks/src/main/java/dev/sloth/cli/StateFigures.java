package dev.sloth.cli;

import dev.sloth.api.state.SharedState;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateCommand.End;
import dev.sloth.api.value.Value;
import dev.sloth.core.state.LocalState;
import dev.sloth.core.state.StateLimits;
import dev.sloth.store.sqlite.SqliteStore;
import dev.sloth.store.sqlite.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/// Prints rows on shared state, asked by one thread and by sixteen, in a process that is warm. All
/// writes are on disk when they count as done.
///
/// Arguments: an empty folder on the disk that counts.
public final class StateFigures {
    /// How many keys one transaction changes, where there are several.
    private static final int AT_ONCE = 10;

    private static final int SAMPLES_MAX = 4_000_000;

    private final SharedState state;
    private final AtomicLong numbers = new AtomicLong();

    private StateFigures(SharedState state) {
        this.state = state;
    }

    /// @param arguments as told above
    public static void main(String[] arguments) throws Exception {
        var time = InstantSource.system();
        var limits =
                new StateLimits(
                        1_000_000,
                        4L << 30,
                        1 << 20,
                        10_000_000,
                        64L << 20,
                        Duration.ofHours(1),
                        Duration.ofSeconds(10),
                        1_000,
                        Duration.ofSeconds(30));
        try (var store = SqliteStore.open(Path.of(arguments[0]), StoreConfig.DEFAULT, time);
                var state = new LocalState(store.state(), "figures", limits, time, time)) {
            new StateFigures(state).all();
        }
    }

    private void all() throws Exception {
        Rounds.heading();
        for (int i = 0; i < 1_000; i++) {
            state.ask(put("read/" + i, i));
        }
        Rounds.both("reads of one value", _ -> () -> state.ask(get("read/" + next(1_000))));
        Rounds.both("durable compare and swap", this::swapping);
        Rounds.both(
                "durable pushes to a list",
                i -> () -> state.ask(new StateCommand.Push("list/" + i, number(1), End.BACK)));
        Rounds.row("hand-overs of a lock", 2, i -> () -> handOver("worker-" + i));
        watched(
                "changes told by a watch, of sixteen who write one at a time",
                i -> () -> putNow("watched/" + i));
        watched(
                "changes told by a watch, of sixteen who write ten at a time",
                i -> () -> putMany(i));
    }

    private long next(int bound) {
        return numbers.incrementAndGet() * 7_919 % bound;
    }

    private static Value number(double number) {
        return new Value.Num(number);
    }

    private static StateCommand get(String key) {
        return new StateCommand.Get(key, Optional.empty());
    }

    private static StateCommand put(String key, double value) {
        return new StateCommand.Put(key, number(value), Optional.empty(), false);
    }

    /// Each thread on a key of its own, always with what is there.
    private Rounds.Act swapping(int thread) {
        var key = "swap/" + thread;
        state.ask(put(key, 0));
        var last = new double[1];
        return () -> {
            var answer =
                    state.ask(new StateCommand.Swap(key, number(last[0]), number(last[0] + 1)));
            last[0]++;
            if (!answer.done()) {
                throw new IllegalStateException("somebody else swapped " + key);
            }
            return answer;
        };
    }

    private Object handOver(String who) throws InterruptedException {
        var lock = new StateCommand.Lock("lock", who, Duration.ofSeconds(30));
        var answer = state.lock(lock, Duration.ofMinutes(1));
        long token = (long) ((Value.Num) answer.value()).value();
        return state.ask(new StateCommand.Unlock("lock", token));
    }

    /// From the call that changes something to the moment when a watch has told of it.
    ///
    /// @param change changes what is watched, once; a value is the time of its call
    private void watched(String what, IntFunction<Runnable> change) throws Exception {
        var watch = state.watch("watched/*");
        var delays = new long[SAMPLES_MAX];
        int seen = 0;
        long end = System.nanoTime() + Rounds.MEASURED.toNanos();
        try (var threads = Executors.newFixedThreadPool(Rounds.MANY)) {
            for (int i = 0; i < Rounds.MANY; i++) {
                var act = change.apply(i);
                threads.execute(() -> {
                    while (System.nanoTime() < end) {
                        act.run();
                    }
                });
            }
            while (System.nanoTime() < end) {
                for (var told : watch.next(Duration.ofMillis(100))) {
                    long at = (long) ((Value.Num) told.now()).value();
                    delays[seen++] = System.nanoTime() - at;
                }
            }
        }
        Rounds.print(what, 1, Arrays.copyOf(delays, seen));
    }

    private void putNow(String key) {
        state.ask(put(key, (double) System.nanoTime()));
    }

    /// Several keys in one transaction.
    private void putMany(int thread) {
        var values = new LinkedHashMap<String, Value>();
        var now = number((double) System.nanoTime());
        for (int k = 0; k < AT_ONCE; k++) {
            values.put("watched/" + thread + "/" + k, now);
        }
        state.ask(new StateCommand.PutMany(values, Optional.empty()));
    }
}
