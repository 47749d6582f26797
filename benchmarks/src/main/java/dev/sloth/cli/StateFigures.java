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
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.LongStream;

/// Prints rows on shared state, asked by one thread and by sixteen, in a process that is warm. All
/// writes are on disk when they count as done.
///
/// Arguments: an empty folder on the disk that counts.
public final class StateFigures {
    private static final int MANY = 16;
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final Duration MEASURED = Duration.ofSeconds(4);
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
                        Duration.ofHours(1),
                        Duration.ofSeconds(10));
        try (var store = SqliteStore.open(Path.of(arguments[0]), StoreConfig.DEFAULT, time);
                var state = new LocalState(store.state(), "figures", limits, time, time)) {
            new StateFigures(state).all();
        }
    }

    private void all() throws Exception {
        System.out.println("| what | by | a second | p99 ms |\n|---|---|---|---|");
        for (int i = 0; i < 1_000; i++) {
            state.ask(put("read/" + i, i));
        }
        both("reads of one value", _ -> () -> state.ask(get("read/" + next(1_000))));
        both("durable compare and swap", this::swapping);
        both(
                "durable pushes to a list",
                i -> () -> state.ask(new StateCommand.Push("list/" + i, number(1), End.BACK)));
        row("hand-overs of a lock", 2, i -> () -> handOver("worker-" + i));
        watched();
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

    /// Something that is done again and again.
    @FunctionalInterface
    private interface Act {
        Object once() throws Exception;
    }

    /// Each thread on a key of its own, always with what is there.
    private Act swapping(int thread) {
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

    private void both(String what, IntFunction<Act> act) throws Exception {
        row(what, 1, act);
        row(what, MANY, act);
    }

    private static void row(String what, int threads, IntFunction<Act> act) throws Exception {
        var acts = new Act[threads];
        Arrays.setAll(acts, act);
        round(acts, WARM_UP);
        var nanos = round(acts, MEASURED);
        print(what, threads, nanos);
    }

    private static void print(String what, int threads, long[] nanos) {
        System.out.println(
                String.format(
                        Locale.ROOT,
                        "| %s | %d | %,.0f | %.3f |",
                        what,
                        threads,
                        nanos.length / (MEASURED.toNanos() / 1e9),
                        new Figures(nanos).quantile(0.99)));
    }

    /// What each took that was done in this time.
    private static long[] round(Act[] acts, Duration length) throws Exception {
        long end = System.nanoTime() + length.toNanos();
        try (var threads = Executors.newFixedThreadPool(acts.length)) {
            var all =
                    threads.invokeAll(
                            Arrays.stream(acts)
                                    .<Callable<long[]>>map(
                                            act -> () -> until(end, act, acts.length))
                                    .toList());
            var merged = LongStream.builder();
            for (var each : all) {
                Arrays.stream(each.get()).forEach(merged);
            }
            return merged.build().toArray();
        }
    }

    private static long[] until(long end, Act act, int threads) throws Exception {
        var nanos = new long[SAMPLES_MAX / threads];
        int done = 0;
        for (long began = System.nanoTime(); began < end; began = System.nanoTime()) {
            act.once();
            nanos[done++] = System.nanoTime() - began;
        }
        return Arrays.copyOf(nanos, done);
    }

    /// From the call that changes something to the moment when a watch has told of it.
    private void watched() throws Exception {
        var watch = state.watch("watched/*");
        var delays = new long[SAMPLES_MAX];
        int seen = 0;
        long began = System.nanoTime();
        long end = began + MEASURED.toNanos();
        try (var threads = Executors.newFixedThreadPool(MANY)) {
            for (int i = 0; i < MANY; i++) {
                var key = "watched/" + i;
                threads.execute(() -> {
                    while (System.nanoTime() < end) {
                        state.ask(put(key, (double) System.nanoTime()));
                    }
                });
            }
            while (System.nanoTime() < end) {
                for (var change : watch.next(Duration.ofMillis(100))) {
                    long told = (long) ((Value.Num) change.now()).value();
                    delays[seen++] = System.nanoTime() - told;
                }
            }
        }
        print("changes told by a watch, of sixteen who write", 1, Arrays.copyOf(delays, seen));
    }
}
