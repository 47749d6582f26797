package dev.sloth.agent.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/// An agent that a test kills: several threads accept, finish and write lines, and say so when it
/// is done.
final class KilledKeeper {
    private static final int THREADS = 4;

    private KilledKeeper() {}

    /// Arguments: a folder, and a word that no agent before had.
    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        var limits =
                new SpoolLimits(
                        100_000,
                        100_000,
                        SpoolLimits.DEFAULT.remembered(),
                        2000,
                        1L << 30,
                        5000,
                        SpoolLimits.DEFAULT.retryEvery());
        var journal =
                WorkJournal.open(folder.resolve("work"), limits, InstantSource.system(), _ -> {});
        var spool = LogSpool.open(folder.resolve("logs"), limits, _ -> {});
        var threads = new Thread[THREADS];
        for (int i = 0; i < THREADS; i++) {
            var name = arguments[1] + "-" + i;
            threads[i] = new Thread(() -> work(journal, spool, name));
            threads[i].start();
        }
        for (var each : threads) {
            each.join();
        }
    }

    private static void work(WorkJournal journal, LogSpool spool, String name) {
        try {
            for (int i = 0; ; i++) {
                var id = name + "-" + i;
                journal.accept(id, ("order of " + id).getBytes(UTF_8));
                say("accepted " + id);
                for (int line = 0; line < 3; line++) {
                    spool.add(name, "out", Instant.EPOCH, id + " says " + line);
                    say("line " + name + " " + (3 * i + line));
                }
                if (i % 3 == 0) {
                    continue;
                }
                journal.finished(id, ("result of " + id).getBytes(UTF_8));
                say("finished " + id);
                if (i % 3 == 2) {
                    say("acknowledging " + id);
                    journal.acknowledged(id);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized void say(String words) {
        System.out.println(words);
        System.out.flush();
    }
}
