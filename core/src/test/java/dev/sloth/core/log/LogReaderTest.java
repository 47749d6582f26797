package dev.sloth.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.testkit.Gen;
import dev.sloth.testkit.VirtualTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogReaderTest {
    private static final AttemptId A = RecordingLogs.attempt("a", 1);
    private static final AttemptId A2 = RecordingLogs.attempt("a", 2);
    private static final AttemptId B = RecordingLogs.attempt("b", 1);

    private final VirtualTime time = new VirtualTime();
    private final RecordingLogs logs = new RecordingLogs();

    private LogWriter writer(int chunkBytes) {
        var limits = new LogLimits(chunkBytes, Duration.ofMillis(200), 1 << 20, 200);
        return new LogWriter(logs, RecordingLogs.CLAIM, time, limits);
    }

    private LogReader reader(LogQuery query) {
        return new LogReader(logs, RecordingLogs.RUN, query);
    }

    private static List<String> read(LogReader reader) {
        var texts = new ArrayList<String>();
        reader.read(line -> texts.add(line.line().text()));
        return texts;
    }

    private List<String> read(LogQuery query) {
        return read(reader(query));
    }

    /// So many lines of an attempt, a millisecond apart, in chunks of about three.
    private void numbered(AttemptId id, int lines) {
        try (var writer = writer(20)) {
            for (int i = 0; i < lines; i++) {
                time.run(Duration.ofMillis(1));
                writer.add(id, LogLine.OUT, "line " + i);
            }
        }
    }

    private static List<String> lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "line " + i).toList();
    }

    @Test
    void attempts_come_by_time_and_each_in_its_own_order() {
        Gen.forAll(
                300,
                gen -> {
                    logs.delete(RecordingLogs.RUN);
                    var all = new ArrayList<String>();
                    try (var writer = writer(gen.between(1, 60))) {
                        for (int i = 0; i < 5 + gen.size() * 4; i++) {
                            time.run(Duration.ofMillis(gen.between(1, 40)));
                            writer.add(gen.oneOf(A, A2, B), LogLine.OUT, "line " + i);
                            all.add("line " + i);
                            if (gen.yes()) {
                                writer.tick();
                            }
                        }
                    }
                    assertThat(read(LogQuery.ALL)).isEqualTo(all);
                });
    }

    @Test
    void tasks_and_attempts_can_be_chosen() {
        try (var writer = writer(100)) {
            writer.add(A, LogLine.OUT, "a1");
            writer.add(A2, LogLine.OUT, "a2");
            writer.add(B, LogLine.OUT, "b1");
        }
        var a = Set.of(new TaskName("a"));
        assertThat(read(LogQuery.ALL.ofTasks(a))).containsExactly("a1", "a2");
        assertThat(read(LogQuery.ALL.ofTasks(a).ofAttempt(2))).containsExactly("a2");
        assertThat(read(LogQuery.ALL.ofAttempt(1))).containsExactly("a1", "b1");
        assertThat(read(LogQuery.ALL.ofTasks(Set.of(new TaskName("c"))))).isEmpty();
    }

    @Test
    void it_starts_at_any_line_or_offset() {
        numbered(A, 100);
        var offsets = new ArrayList<Long>();
        reader(LogQuery.ALL).read(line -> offsets.add(line.offset()));
        for (int i = 0; i < 100; i++) {
            assertThat(read(LogQuery.ALL.fromLine(i))).isEqualTo(lines(i, 100));
            assertThat(read(LogQuery.ALL.fromOffset(offsets.get(i)))).isEqualTo(lines(i, 100));
            assertThat(read(LogQuery.ALL.fromOffset(offsets.get(i) + 1)))
                    .isEqualTo(lines(i + 1, 100));
        }
        assertThat(read(LogQuery.ALL.fromLine(100))).isEmpty();
        assertThat(read(LogQuery.ALL.fromOffset(Long.MAX_VALUE))).isEmpty();
    }

    @Test
    void a_start_beyond_the_end_waits_for_that_line() {
        numbered(A, 10);
        var reader = reader(LogQuery.ALL.fromLine(12));
        assertThat(read(reader)).isEmpty();
        try (var writer = writer(20)) {
            IntStream.range(10, 15).forEach(i -> writer.add(A, LogLine.OUT, "line " + i));
        }
        assertThat(read(reader)).isEqualTo(lines(12, 15));
    }

    @Test
    void a_start_deep_in_a_long_log_reads_few_chunks() {
        numbered(A, 3_000);
        logs.lose(A, 5);
        assertThat(read(LogQuery.ALL.fromLine(2_990))).isEqualTo(lines(2_990, 3_000));
    }

    @Test
    void the_last_lines_are_those_of_all_attempts_together() {
        numbered(A, 50);
        numbered(B, 50);
        assertThat(read(LogQuery.ALL.last(10))).isEqualTo(lines(40, 50));
        var both = read(LogQuery.ALL.last(60));
        assertThat(both.subList(0, 10)).isEqualTo(lines(40, 50));
        assertThat(both.subList(10, 60)).isEqualTo(lines(0, 50));
        assertThat(read(LogQuery.ALL.last(5).grep(new Grep("[05]$"))))
                .containsExactly("line 25", "line 30", "line 35", "line 40", "line 45");
        assertThat(read(LogQuery.ALL.last(1_000))).hasSize(100);
    }

    @Test
    void after_the_last_lines_everything_new_is_given() {
        numbered(A, 50);
        var reader = reader(LogQuery.ALL.last(2));
        assertThat(read(reader)).isEqualTo(lines(48, 50));
        numbered(A, 20);
        assertThat(read(reader)).isEqualTo(lines(0, 20));
        assertThat(read(reader)).isEmpty();
    }

    @Test
    void since_is_when_the_line_came() {
        numbered(A, 100);
        var start = time.instant().minusMillis(100);
        assertThat(read(LogQuery.ALL.since(start.plusMillis(41)))).isEqualTo(lines(40, 100));
        assertThat(read(LogQuery.ALL.since(start.plusSeconds(9)))).isEmpty();
    }

    @Test
    void an_expression_is_found_anywhere_in_a_line() {
        numbered(A, 100);
        assertThat(read(LogQuery.ALL.grep(new Grep("e (1|2)7$"))))
                .containsExactly("line 17", "line 27");
        assertThat(read(LogQuery.ALL.grep(new Grep("(?i)LINE 99")))).containsExactly("line 99");
    }

    @Test
    void an_expression_that_never_ends_is_given_up() {
        try (var writer = writer(1 << 20)) {
            writer.add(A, LogLine.OUT, "a".repeat(60) + "b");
            writer.add(B, LogLine.OUT, "ab".repeat(30_000));
        }
        for (var hard : List.of("^(a+)+\\1c", "^(a|b|c)*d")) {
            assertThatThrownBy(() -> read(LogQuery.ALL.grep(new Grep(hard))))
                    .isInstanceOf(Grep.TooCostly.class);
        }
        assertThatThrownBy(() -> new Grep("x".repeat(1_001)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void of_a_long_line_only_the_beginning_is_searched() {
        var grep = new Grep("needle");
        assertThat(grep.finds(" ".repeat(Grep.LINE_MAX - 6) + "needle")).isTrue();
        assertThat(grep.finds(" ".repeat(Grep.LINE_MAX - 5) + "needle")).isFalse();
    }

    @Test
    void who_wants_no_more_gets_no_more() {
        numbered(A, 50);
        var taken = new AtomicInteger();
        assertThat(reader(LogQuery.ALL).read(_ -> taken.incrementAndGet() < 7)).isFalse();
        assertThat(taken.get()).isEqualTo(7);
    }

    @Test
    void following_sees_every_line_while_others_write() throws Exception {
        int lines = 3_000;
        var ended = new AtomicBoolean();
        var limits = new LogLimits(200, Duration.ofMillis(1), 1_000, 3);
        var writer = new LogWriter(logs, RecordingLogs.CLAIM, InstantSource.system(), limits);
        var seen = new ArrayList<LoggedLine>();
        var looks = new Semaphore(0);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = pool.submit(writer);
            var following =
                    pool.submit(() -> {
                        reader(LogQuery.ALL)
                                .follow(seen::add, Duration.ZERO, ended::get, _ -> looks.acquire());
                        return true;
                    });
            for (int i = 0; i < lines; i++) {
                writer.add(RecordingLogs.attempt("t" + i % 4, 1), LogLine.OUT, "line " + i / 4);
                looks.release();
            }
            writer.close();
            ended.set(true);
            looks.release(lines);
            assertThat(following.get()).isTrue();
            running.get();
        }
        assertThat(seen).hasSize(lines);
        for (int t = 0; t < 4; t++) {
            var id = RecordingLogs.attempt("t" + t, 1);
            assertThat(seen.stream().filter(l -> l.id().equals(id)).map(l -> l.line().text()))
                    .containsExactlyElementsOf(lines(0, lines / 4));
        }
    }

    @Test
    void what_is_stored_between_the_last_look_and_the_end_is_not_missed() throws Exception {
        numbered(A, 3);
        var seen = new ArrayList<String>();
        var polls = new AtomicInteger();
        reader(LogQuery.ALL)
                .follow(
                        line -> seen.add(line.line().text()),
                        Duration.ofSeconds(1),
                        () -> polls.get() == 2,
                        _ -> {
                            numbered(polls.incrementAndGet() == 1 ? A : B, 2);
                        });
        assertThat(polls.get()).isEqualTo(2);
        assertThat(seen)
                .containsExactly(
                        "line 0", "line 1", "line 2", "line 0", "line 1", "line 0", "line 1");
    }

    @Test
    void a_missing_or_damaged_chunk_is_told() {
        numbered(A, 100);
        logs.lose(A, 30);
        assertDamaged("chunk 30 of the output of 20260102-030405-0000abcd/a/1 is missing");
        logs.delete(RecordingLogs.RUN);
        numbered(A, 100);
        var first = logs.all(A).getFirst();
        logs.replace(A, 0, logs.all(A).get(1));
        assertDamaged("chunk 0 of the output of 20260102-030405-0000abcd/a/1 is missing");
        first.zstd()[first.zstd().length - 1] ^= 1;
        logs.replace(A, 0, first);
        assertDamaged("chunk 0 of the output of 20260102-030405-0000abcd/a/1 is damaged");
    }

    private void assertDamaged(String message) {
        assertThatThrownBy(() -> read(LogQuery.ALL))
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        e -> assertThat(e.reason()).isEqualTo(StoreFailure.Reason.DAMAGED))
                .hasMessage(message);
    }

    @Test
    void output_that_is_thrown_away_meanwhile_just_ends() {
        numbered(A, 1_000);
        var taken = new AtomicInteger();
        boolean wanted =
                reader(LogQuery.ALL)
                        .read(_ -> {
                            if (taken.incrementAndGet() == 50) {
                                logs.delete(RecordingLogs.RUN);
                            }
                            return true;
                        });
        assertThat(wanted).isTrue();
        assertThat(taken.get()).isLessThan(200);
    }

    @Test
    void limits_of_a_query_are_checked() {
        assertThatThrownBy(() -> LogQuery.ALL.last(LogQuery.LAST_MAX + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LogQuery.ALL.fromLine(-1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
