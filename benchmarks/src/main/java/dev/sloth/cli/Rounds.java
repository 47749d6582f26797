package dev.sloth.cli;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.LongStream;

/// The same done again and again by several threads: how often a second, and how long it takes.
final class Rounds {
    static final int MANY = 16;
    static final Duration MEASURED = Duration.ofSeconds(4);
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final int SAMPLES_MAX = 4_000_000;

    private Rounds() {}

    /// Something that is done again and again.
    @FunctionalInterface
    interface Act {
        Object once() throws Exception;
    }

    static void heading() {
        System.out.println("| what | by | a second | p99 ms |\n|---|---|---|---|");
    }

    /// By one thread and by many.
    static void both(String what, IntFunction<Act> act) throws Exception {
        row(what, 1, act);
        row(what, MANY, act);
    }

    static void row(String what, int threads, IntFunction<Act> act) throws Exception {
        var acts = new Act[threads];
        Arrays.setAll(acts, act);
        round(acts, WARM_UP);
        print(what, threads, round(acts, MEASURED));
    }

    static void print(String what, int threads, long[] nanos) {
        System.out.println(
                String.format(
                        Locale.ROOT,
                        "| %s | %d | %,.0f | %.3f |",
                        what,
                        threads,
                        nanos.length / (MEASURED.toNanos() / 1e9),
                        nanos.length == 0 ? 0 : new Figures(nanos).quantile(0.99)));
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
}
