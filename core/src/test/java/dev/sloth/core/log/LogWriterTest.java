package dev.sloth.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.testkit.VirtualTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogWriterTest {
    private static final AttemptId A = RecordingLogs.attempt("a", 1);
    private static final AttemptId B = RecordingLogs.attempt("b", 2);
    private static final Duration STEP = Duration.ofMillis(100);

    private final VirtualTime time = new VirtualTime();
    private final RecordingLogs logs = new RecordingLogs();

    private LogWriter writer(InstantSource clock, LogLimits limits) {
        return new LogWriter(logs, RecordingLogs.CLAIM, clock, limits);
    }

    private LogWriter still() {
        return writer(time, LogLimits.DEFAULT);
    }

    private List<String> texts(AttemptId id) {
        var texts = new ArrayList<String>();
        new LogReader(logs, RecordingLogs.RUN, LogQuery.ALL)
                .read(line -> !line.id().equals(id) || texts.add(line.line().text()));
        return texts;
    }

    @Test
    void lines_wait_for_others_until_the_oldest_is_due() {
        var writer = still();
        writer.add(A, LogLine.OUT, "1");
        time.run(STEP);
        writer.add(A, LogLine.ERR, "2");
        writer.add(B, LogLine.OUT, "3");
        time.run(STEP.minusNanos(1));
        writer.tick();
        assertThat(logs.appended()).isZero();
        time.run(Duration.ofNanos(1));
        writer.tick();
        assertThat(texts(A)).containsExactly("1", "2");
        assertThat(texts(B)).isEmpty();
        time.run(STEP);
        writer.tick();
        assertThat(texts(B)).containsExactly("3");
        assertThat(logs.appended()).isEqualTo(2);
    }

    @Test
    void a_full_chunk_does_not_wait() {
        var writer = writer(time, new LogLimits(10, Duration.ofHours(1), 1_000, 200));
        writer.add(A, LogLine.OUT, "1234");
        writer.add(A, LogLine.OUT, "6789");
        writer.add(A, LogLine.OUT, "12345678");
        writer.add(A, LogLine.OUT, "1");
        writer.add(A, LogLine.OUT, "much longer than a chunk");
        writer.tick();
        assertThat(logs.all(A)).extracting(chunk -> chunk.size()).containsExactly(10L, 9L, 2L, 25L);
        assertThat(logs.all(A))
                .extracting(chunk -> chunk.firstLine())
                .containsExactly(0L, 2L, 3L, 4L);
        assertThat(logs.all(A))
                .extracting(chunk -> chunk.offset())
                .containsExactly(0L, 10L, 19L, 21L);
    }

    @Test
    void a_clock_that_is_put_back_keeps_no_line_waiting_and_no_chunk_from_running_forward() {
        var clock = new AtomicInteger(3_600);
        var writer =
                writer(() -> java.time.Instant.EPOCH.plusSeconds(clock.get()), LogLimits.DEFAULT);
        writer.add(A, LogLine.OUT, "before");
        clock.set(0);
        writer.add(A, LogLine.OUT, "after");
        writer.tick();
        assertThat(logs.all(A)).hasSize(1);
        clock.set(1);
        writer.tick();
        assertThat(logs.all(A))
                .hasSize(2)
                .allMatch(chunk -> !chunk.lastAt().isBefore(chunk.firstAt()));
        assertThat(texts(A)).containsExactly("before", "after");
    }

    @Test
    void closing_stores_what_waits_and_ends_the_taking() {
        var writer = still();
        writer.add(A, LogLine.OUT, "1");
        writer.close();
        assertThat(texts(A)).containsExactly("1");
        assertThatThrownBy(() -> writer.add(A, LogLine.OUT, "2"))
                .isInstanceOf(IllegalStateException.class);
        writer.close();
        writer.run();
    }

    @Test
    void lines_of_another_run_are_refused() {
        var other = new AttemptId(new RunId("other"), new TaskName("a"), 1);
        assertThatThrownBy(() -> still().add(other, LogLine.OUT, "1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sixteen_threads_lose_nothing_and_mix_nothing_up() throws Exception {
        int threads = 16;
        int perThread = 5_000;
        var limits = new LogLimits(1 << 10, Duration.ofMillis(5), 64 << 10, 7);
        var writer = writer(InstantSource.system(), limits);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var _ = pool.submit(writer);
            var all = new ArrayList<Future<?>>();
            for (int t = 0; t < threads; t++) {
                var id = RecordingLogs.attempt("t" + t, 1);
                all.add(
                        pool.submit(() -> {
                            for (int i = 0; i < perThread; i++) {
                                writer.add(id, i % 3 == 0 ? "err" : "out", "line " + i);
                            }
                            writer.flush(id);
                            assertThat(texts(id)).hasSize(perThread);
                        }));
            }
            for (var one : all) {
                one.get();
            }
            writer.close();
        }
        var next = new HashMap<AttemptId, Long>();
        new LogReader(logs, RecordingLogs.RUN, LogQuery.ALL)
                .read(line -> {
                    long number = next.merge(line.id(), 1L, Long::sum) - 1;
                    assertThat(line.number()).isEqualTo(number);
                    assertThat(line.line().text()).isEqualTo("line " + number);
                    return true;
                });
        assertThat(next).hasSize(threads).allSatisfy((_, n) -> assertThat(n).isEqualTo(perThread));
    }

    @Test
    void who_brings_too_much_waits_until_it_is_stored() throws Exception {
        var limits = new LogLimits(100, Duration.ofHours(1), 1_000, 200);
        var writer = writer(InstantSource.system(), limits);
        logs.stall();
        var brought = new AtomicInteger();
        var some = new CountDownLatch(5);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var _ = pool.submit(writer);
            var adding =
                    pool.submit(() -> {
                        for (int i = 0; i < 1_000; i++) {
                            writer.add(A, LogLine.OUT, "x".repeat(49));
                            brought.incrementAndGet();
                            some.countDown();
                        }
                    });
            some.await();
            assertThatThrownBy(() -> adding.get(50, TimeUnit.MILLISECONDS))
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);
            assertThat(brought.get()).isBetween(5, 20);
            logs.allow(1_000_000);
            adding.get();
            writer.close();
        }
        assertThat(texts(A)).hasSize(1_000);
    }

    @Test
    void the_bound_counts_what_is_held_not_what_is_printed() {
        var gathering = new Gathering(new LogLimits(1 << 20, Duration.ofHours(1), 10_000, 200));
        int taken = 0;
        var line = new LogLine(time.instant(), LogLine.OUT, "");
        while (gathering.room(0)) {
            gathering.add(RecordingLogs.attempt("t" + taken % 50, 1), line, new byte[0]);
            taken++;
        }
        assertThat(gathering.held()).isBetween(9_900L, 10_000L);
        assertThat(taken).isLessThan(4_000);
        gathering.sealAll();
        gathering.stored(gathering.take());
        assertThat(gathering.held()).isZero();
        assertThat(gathering.room(1 << 30))
                .as("one line alone may be as long as it likes")
                .isTrue();
    }

    @Test
    void young_lines_of_many_do_not_keep_others_from_being_taken() throws Exception {
        var limits = new LogLimits(1 << 20, Duration.ofHours(1), 2_000, 200);
        var writer = writer(InstantSource.system(), limits);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var _ = pool.submit(writer);
            for (int i = 0; i < 300; i++) {
                writer.add(RecordingLogs.attempt("t" + i, 1), LogLine.OUT, "x".repeat(99));
            }
            writer.close();
        }
        assertThat(logs.extents(RecordingLogs.RUN)).hasSize(300);
    }

    @Test
    void the_first_failure_is_told_at_every_flush_and_nobody_waits_for_ever() throws Exception {
        var limits = new LogLimits(100, Duration.ofMillis(1), 1_000, 1);
        var writer = writer(InstantSource.system(), limits);
        logs.failAfter(3);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var _ = pool.submit(writer);
            for (int i = 0; i < 1_000; i++) {
                writer.add(A, LogLine.OUT, "x".repeat(49));
            }
            assertFull(() -> writer.flush(A));
            assertFull(() -> writer.flush(B));
            logs.failAfter(1_000);
            writer.add(B, LogLine.OUT, "later");
            assertFull(() -> writer.flush(B));
            assertThat(writer.failure()).isPresent();
            assertFull(writer::close);
        }
        assertThat(logs.all(A)).hasSize(3);
    }

    private static void assertFull(org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        e -> assertThat(e.reason()).isEqualTo(StoreFailure.Reason.FULL));
    }

    @Test
    void an_owner_that_was_replaced_writes_nothing() {
        var writer = still();
        writer.add(A, LogLine.OUT, "late");
        logs.fence();
        assertThatThrownBy(writer::close)
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        e -> assertThat(e.reason()).isEqualTo(StoreFailure.Reason.FENCED));
        assertThat(logs.appended()).isZero();
    }

    @Test
    void a_writing_thread_that_is_stopped_leaves_nobody_waiting() throws Exception {
        var writer =
                writer(InstantSource.system(), new LogLimits(100, Duration.ofHours(1), 500, 1));
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = pool.submit(writer);
            writer.add(A, LogLine.OUT, "stored, so the thread runs");
            writer.flush(A);
            writer.add(A, LogLine.OUT, "held");
            running.cancel(true);
            var flushing = pool.submit(() -> writer.flush(A));
            flushed(flushing);
            for (int i = 0; i < 100; i++) {
                writer.add(A, LogLine.OUT, "x".repeat(99));
            }
            assertThatThrownBy(() -> writer.flush(A)).isInstanceOf(StoreFailure.class);
        }
        assertThat(texts(A)).startsWith("stored, so the thread runs", "held");
    }

    /// It may have been in time or not.
    private static void flushed(Future<?> flushing) throws InterruptedException {
        try {
            flushing.get();
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(StoreFailure.class);
        }
    }

    @Test
    void a_resumed_attempt_goes_on_after_what_is_stored_and_skips_exactly_that() {
        try (var first = still()) {
            for (int i = 0; i < 30; i++) {
                first.add(A, i % 3 == 0 ? LogLine.ERR : LogLine.OUT, "line " + i);
                time.run(STEP);
                first.tick();
            }
        }
        var second = still();
        var stored = second.stored(A);
        assertThat(stored).isEqualTo(Map.of(LogLine.OUT, 20L, LogLine.ERR, 10L));
        assertThat(second.stored(B)).isEmpty();
        var left = new HashMap<>(stored);
        // A pipe each: their order among each other is another one when they are read again.
        for (var channel : List.of(LogLine.ERR, LogLine.OUT)) {
            for (int i = 0; i < 50; i++) {
                boolean err = i % 3 == 0;
                if (err == channel.equals(LogLine.ERR) && left.merge(channel, -1L, Long::sum) < 0) {
                    second.add(A, channel, "line " + i);
                }
            }
        }
        second.close();
        assertThat(texts(A)).hasSize(50).doesNotHaveDuplicates();
        var numbers = logs.all(A).stream().mapToInt(chunk -> chunk.number()).toArray();
        assertThat(numbers).hasSizeGreaterThan(15).isSorted().startsWith(0).doesNotHaveDuplicates();
    }

    @Test
    void a_missing_chunk_is_not_written_over() {
        var limits = new LogLimits(1, Duration.ofHours(1), 1_000, 200);
        try (var writer = writer(time, limits)) {
            for (int i = 0; i < 20; i++) {
                writer.add(A, LogLine.OUT, "line " + i);
            }
        }
        logs.lose(A, 12);
        assertThatThrownBy(() -> still().stored(A))
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        e -> assertThat(e.reason()).isEqualTo(StoreFailure.Reason.DAMAGED));
        var writer = still();
        writer.add(A, LogLine.OUT, "more");
        assertThatThrownBy(writer::close).isInstanceOf(StoreFailure.class);
    }
}
