package dev.sloth.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the writer and the reader can do, with room for slow and busy machines.
class LogSpeedTest {
    private static final int LINES = 500_000;
    private static final int THREADS = 8;

    /// A small part of what was measured.
    private static final long LINES_PER_SECOND_MIN = 20_000;

    @Test
    @Timeout(120)
    void hundreds_of_thousands_of_lines_a_second_go_in_and_come_out() throws Exception {
        var logs = new RecordingLogs();
        var writer =
                new LogWriter(logs, RecordingLogs.CLAIM, InstantSource.system(), LogLimits.DEFAULT);
        long start = System.nanoTime();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            all.add(pool.submit(writer));
            for (int t = 0; t < THREADS; t++) {
                var id = RecordingLogs.attempt("t" + t, 1);
                all.add(
                        pool.submit(() -> {
                            for (int i = 0; i < LINES / THREADS; i++) {
                                writer.add(
                                        id,
                                        LogLine.OUT,
                                        "2026-01-02 compiling part " + i + " of many");
                            }
                            writer.flush(id);
                        }));
            }
            for (var one : all.subList(1, all.size())) {
                one.get();
            }
            writer.close();
        }
        long written = System.nanoTime();
        var count = new int[1];
        new LogReader(logs, RecordingLogs.RUN, LogQuery.ALL).read(_ -> ++count[0] > 0);
        long read = System.nanoTime();
        assertThat(count[0]).isEqualTo(LINES);
        long in = rate(written - start);
        long out = rate(read - written);
        System.out.printf(
                "log: %,d lines/s in, %,d lines/s out, %.2f bytes a line%n",
                in, out, (double) logs.bytes(RecordingLogs.RUN) / LINES);
        assertThat(in).isGreaterThan(LINES_PER_SECOND_MIN);
        assertThat(out).isGreaterThan(LINES_PER_SECOND_MIN);
    }

    private static long rate(long nanos) {
        return LINES * Duration.ofSeconds(1).toNanos() / nanos;
    }
}
