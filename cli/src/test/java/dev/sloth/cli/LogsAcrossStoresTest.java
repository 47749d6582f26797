package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.core.log.LogLimits;
import dev.sloth.core.log.LogLine;
import dev.sloth.core.log.LogQuery;
import dev.sloth.core.log.LogReader;
import dev.sloth.core.log.LogWriter;
import dev.sloth.core.store.Chapter;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.Progress;
import dev.sloth.core.store.Store;
import dev.sloth.store.sqlite.SqliteStore;
import dev.sloth.store.sqlite.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// One store on the disk writes output, another one, as in another process, follows it.
class LogsAcrossStoresTest {
    private static final RunId RUN = new RunId("20260102-030405-1a2b3c4d");
    private static final int ATTEMPTS = 100;
    private static final int LINES = 1_000;

    @TempDir private Path home;

    private static Claim submit(Store store) {
        var now = Instant.EPOCH;
        var progress = new Progress("running", false, "", now, 1, 0, 0, 0);
        return store.runs()
                .submit(
                        new NewRun(
                                RUN,
                                "flow",
                                "flow.sloth",
                                now,
                                Map.of(),
                                List.of(),
                                List.of(),
                                new Owner("host", "boot", 1, 1),
                                now),
                        new Chapter(
                                1,
                                1,
                                new byte[] {1},
                                progress,
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of()));
    }

    private Store open() {
        return SqliteStore.open(home, StoreConfig.DEFAULT, InstantSource.system());
    }

    @Test
    @Timeout(120)
    void a_follower_sees_every_line_of_a_hundred_attempts_once_and_in_order() throws Exception {
        var ended = new AtomicBoolean();
        var looks = new Semaphore(0);
        var next = new HashMap<AttemptId, Long>();
        try (var writing = open();
                var reading = open();
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var claim = submit(writing);
            var following =
                    pool.submit(() -> {
                        follow(reading, next, ended, looks);
                        return true;
                    });
            long start = System.nanoTime();
            write(writing, claim, pool, looks);
            long took = System.nanoTime() - start;
            ended.set(true);
            looks.release();
            assertThat(following.get()).isTrue();
            System.out.printf(
                    "log: %,d lines/s of %d attempts into SQLite%n",
                    ATTEMPTS * LINES * Duration.ofSeconds(1).toNanos() / took, ATTEMPTS);
        }
        assertThat(next).hasSize(ATTEMPTS).allSatisfy((_, n) -> assertThat(n).isEqualTo(LINES));
    }

    private static void follow(
            Store store, Map<AttemptId, Long> next, AtomicBoolean ended, Semaphore looks)
            throws InterruptedException {
        new LogReader(store.logs(), RUN, LogQuery.ALL)
                .follow(
                        line -> {
                            long number = next.merge(line.id(), 1L, Long::sum) - 1;
                            assertThat(line.number()).isEqualTo(number);
                            assertThat(line.line().text()).isEqualTo("line " + number);
                            return true;
                        },
                        Duration.ofMillis(20),
                        ended::get,
                        time -> {
                            var _ = looks.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS);
                        });
    }

    private static void write(Store store, Claim claim, ExecutorService pool, Semaphore looks)
            throws Exception {
        var writer = new LogWriter(store.logs(), claim, InstantSource.system(), LogLimits.DEFAULT);
        var running = pool.submit(writer);
        var all = new ArrayList<Future<?>>();
        for (int t = 0; t < ATTEMPTS; t++) {
            var id = new AttemptId(RUN, new TaskName("t" + t), 1);
            all.add(
                    pool.submit(() -> {
                        for (int i = 0; i < LINES; i++) {
                            writer.add(id, LogLine.OUT, "line " + i);
                        }
                        writer.flush(id);
                        looks.release();
                    }));
        }
        for (var one : all) {
            one.get();
        }
        writer.close();
        running.get();
    }
}
