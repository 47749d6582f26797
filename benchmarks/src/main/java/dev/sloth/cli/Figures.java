package dev.sloth.cli;

import java.util.Arrays;
import java.util.Locale;

/// Durations of one thing done again and again, and how they are told in a row of a table.
final class Figures {
    private static final double MILLION = 1e6;

    private final long[] nanos;

    /// @param nanos what each took
    Figures(long[] nanos) {
        this.nanos = nanos.clone();
        Arrays.sort(this.nanos);
    }

    /// Something that is done again and again.
    interface Work {
        /// @return nanoseconds that count
        long once() throws Exception;
    }

    static Figures of(int warmUp, int count, Work work) throws Exception {
        for (int i = 0; i < warmUp; i++) {
            work.once();
        }
        var nanos = new long[count];
        for (int i = 0; i < count; i++) {
            nanos[i] = work.once();
        }
        return new Figures(nanos);
    }

    /// In milliseconds.
    double quantile(double part) {
        int at = (int) Math.min(nanos.length - 1L, (long) (part * nanos.length));
        return nanos[at] / MILLION;
    }

    String row(String what) {
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f |",
                what,
                quantile(0.5),
                quantile(0.99),
                quantile(1));
    }
}
