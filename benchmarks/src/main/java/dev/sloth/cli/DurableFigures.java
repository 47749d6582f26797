package dev.sloth.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/// Prints rows on durable runs beside what the bare disk does in the same process. All are of code
/// that the compiler has seen for some seconds, as in a process that stays.
///
/// Arguments: an empty folder on the disk that counts, and the folder of the workflows.
public final class DurableFigures {
    private static final int WARM_UP = 8_000;
    private static final int SUBMITS = 500;
    private static final int WIDE = 1_000;
    private static final int ROUNDS_WARM = 50;
    private static final int ROUNDS = 5;

    private DurableFigures() {}

    /// @param arguments as told above
    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        var workflows = Path.of(arguments[1]);
        var disk = new BareDisk(Files.createDirectories(folder));
        System.out.println("| what | p50 ms | p99 ms | worst ms |\n|---|---|---|---|");
        System.out.println(disk.syncs().row("anchor: append 512 B and fdatasync"));
        System.out.println(disk.commits().row("anchor: bare SQLite commit (WAL, FULL)"));
        try (var runner = new WarmRunner(folder)) {
            var one = workflows.resolve("one_line.sloth");
            submits(runner, one, true);
            submits(runner, one, false);
            System.out.println("\n| 1,000 wide, warm | tasks/s | best |\n|---|---|---|");
            wide(runner, workflows, true);
            wide(runner, workflows, false);
        }
    }

    private static void submits(WarmRunner runner, Path script, boolean durable) throws Exception {
        var fromDefined = new long[SUBMITS];
        var fromFile = new long[SUBMITS];
        for (int i = -WARM_UP; i < SUBMITS; i++) {
            var times = runner.run(script, durable);
            fromDefined[Math.max(i, 0)] = times.start();
            fromFile[Math.max(i, 0)] = times.startFromFile();
        }
        System.out.println(new Figures(fromDefined).row("submit to start, " + how(durable)));
        System.out.println(
                new Figures(fromFile).row("the same, the script read and defined anew each time"));
    }

    private static String how(boolean durable) {
        return durable ? "durable" : "in memory";
    }

    private static void wide(WarmRunner runner, Path workflows, boolean durable) throws Exception {
        var script = workflows.resolve("wide.sloth");
        var rates = new double[ROUNDS];
        for (int i = -ROUNDS_WARM; i < ROUNDS; i++) {
            double seconds = runner.run(script, durable).whole() / 1e9;
            rates[Math.max(i, 0)] = WIDE / seconds;
        }
        Arrays.sort(rates);
        System.out.println(
                String.format(
                        Locale.ROOT,
                        "| %s | %.0f | %.0f |",
                        how(durable),
                        rates[ROUNDS / 2],
                        rates[ROUNDS - 1]));
    }
}
