package dev.sloth.cli;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.Arrays;
import java.util.Locale;

/// Prints rows: what was measured, what it has to be, and what it was.
final class SwarmTable {
    private static final double MILLION = 1e6;

    private SwarmTable() {}

    static void heading(String what) {
        System.out.println("\n## " + what + "\n\n| what | must | figure |\n|---|---|---|");
    }

    @FormatMethod
    static void row(String what, String must, @FormatString String figure, Object... values) {
        System.out.println(
                "| %s | %s | %s |"
                        .formatted(what, must, String.format(Locale.ROOT, figure, values)));
    }

    /// The value below which this part of all lies, in milliseconds.
    static double quantile(long[] nanos, double part) {
        if (nanos.length == 0) {
            return Double.NaN;
        }
        var sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1L, (long) (part * sorted.length))] / MILLION;
    }
}
