package dev.sloth.agent.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;

/// An agent on a disk that is nearly full: a test gives it one of its own.
final class CrampedKeeper {
    private static final int ORDER_BYTES = 3000;
    private static final String LINE = "a line of some length, ".repeat(20);

    private CrampedKeeper() {}

    /// Arguments: a folder on a small disk, and a file on it that it may remove.
    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        var ballast = Path.of(arguments[1]);
        int accepted = fillJournal(folder.resolve("work"), ballast);
        System.out.println("reopened with " + reopened(folder.resolve("work")) + " of " + accepted);
        System.out.println("lines " + fillSpool(folder.resolve("logs"), ballast));
    }

    private static WorkJournal journal(Path folder) throws IOException {
        return WorkJournal.open(folder, SpoolLimits.DEFAULT, InstantSource.system(), _ -> {});
    }

    private static int fillJournal(Path folder, Path ballast) throws IOException {
        int accepted = 0;
        try (var journal = journal(folder)) {
            try {
                while (true) {
                    journal.accept("a" + accepted, new byte[ORDER_BYTES]);
                    accepted++;
                }
            } catch (IOException e) {
                System.out.println("refused: " + e.getMessage());
            }
            Files.delete(ballast);
            for (int i = 0; i < 3; i++) {
                journal.accept("a" + accepted, new byte[ORDER_BYTES]);
                accepted++;
            }
        }
        return accepted;
    }

    private static int reopened(Path folder) throws IOException {
        try (var journal = journal(folder)) {
            return journal.unacknowledged().size();
        }
    }

    /// Fills the disk with lines, and makes room once a writer waits.
    private static String fillSpool(Path folder, Path ballast) throws Exception {
        Files.write(ballast, new byte[40_000]);
        var full = new CountDownLatch(1);
        try (var spool = LogSpool.open(folder, SpoolLimits.DEFAULT, _ -> {})) {
            var writer =
                    new Thread(() -> {
                        for (int i = 0; i < 2000; i++) {
                            spool.add("a", "out", Instant.EPOCH, i + " " + LINE);
                            if (i == 0) {
                                full.countDown();
                            }
                        }
                    });
            writer.start();
            full.await();
            while (spool.trouble().isEmpty() && writer.isAlive()) {
                Thread.onSpinWait();
            }
            System.out.println("waits: " + spool.trouble().map(IOException::getMessage));
            Files.delete(ballast);
            return drained(spool);
        }
    }

    /// Takes the lines as a master would, until all have come in their order.
    private static String drained(LogSpool spool) throws Exception {
        int next = 0;
        while (next < 2000) {
            var batch = spool.next(64 << 10, Duration.ofSeconds(20)).orElseThrow();
            for (var line : batch.lines()) {
                if (!line.text().equals(next + " " + LINE)) {
                    return "out of order at " + next;
                }
                next++;
            }
            spool.stored("a", next);
        }
        return "all " + next;
    }
}
