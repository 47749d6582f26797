package dev.sloth.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class LogSpoolTest {
    static final Instant AT = Instant.parse("2026-01-02T03:04:05.000006Z");
    private static final int BYTES = 1 << 16;
    private static final Duration NO_WAIT = Duration.ZERO;
    private static final SpoolLimits SMALL = WorkJournalTest.SMALL;

    @TempDir private Path folder;

    private LogSpool open() throws IOException {
        return LogSpool.open(folder, SMALL, _ -> {});
    }

    private static long add(LogSpool spool, String id, String text) {
        return spool.add(id, "out", AT, text);
    }

    private static void addAll(LogSpool spool, String id, int from, int to) {
        for (int i = from; i < to; i++) {
            assertThat(add(spool, id, "line " + i)).isEqualTo(i);
        }
    }

    /// A batch as words: `a 3: line 3, line 4 end`.
    static String said(Batch batch) {
        return "%s %d: %s%s"
                .formatted(
                        batch.id(),
                        batch.first(),
                        String.join(", ", batch.lines().stream().map(Line::text).toList()),
                        batch.last() ? " end" : "");
    }

    private static String next(LogSpool spool, int maxBytes) throws Exception {
        return spool.next(maxBytes, NO_WAIT).map(LogSpoolTest::said).orElse("nothing");
    }

    /// The texts of all lines of one attempt that come without waiting.
    private static List<String> rest(LogSpool spool) throws Exception {
        var texts = new ArrayList<String>();
        for (var batch = spool.next(BYTES, NO_WAIT);
                batch.isPresent();
                batch = spool.next(BYTES, NO_WAIT)) {
            batch.get().lines().forEach(line -> texts.add(line.text()));
        }
        return texts;
    }

    private static List<String> lines(int from, int to) {
        var texts = new ArrayList<String>();
        for (int i = from; i < to; i++) {
            texts.add("line " + i);
        }
        return texts;
    }

    private static <T> FutureTask<T> started(Callable<T> act) {
        var task = new FutureTask<>(act);
        new Thread(task).start();
        return task;
    }

    /// Starts a thread and returns when it waits for somebody.
    private static <T> Thread waiting(FutureTask<T> task) {
        var thread = new Thread(task);
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return thread;
    }

    private List<Path> files() throws IOException {
        try (var names = Files.list(folder)) {
            return names.sorted().toList();
        }
    }

    @Test
    void a_line_comes_out_as_it_went_in() throws Exception {
        try (var spool = open()) {
            spool.add("run/task é-1", "WARN", AT, "tabs\tand ☃ and \ud83e\udda5");
            spool.add("run/task é-1", "", AT.minusSeconds(3_000_000_000L), "");
            spool.add("run/task é-1", "err", AT, "half \ud83e");
        }
        try (var spool = open()) {
            var batch = spool.next(BYTES, NO_WAIT).orElseThrow();
            assertThat(batch)
                    .isEqualTo(
                            new Batch(
                                    "run/task é-1",
                                    0,
                                    List.of(
                                            new Line(AT, "WARN", "tabs\tand ☃ and \ud83e\udda5"),
                                            new Line(AT.minusSeconds(3_000_000_000L), "", ""),
                                            new Line(AT, "err", "half ?")),
                                    false));
            assertThat(batch.next()).isEqualTo(3);
        }
    }

    @Test
    void lines_are_numbered_on_after_a_restart_and_those_not_stored_come_again() throws Exception {
        try (var spool = open()) {
            addAll(spool, "a", 0, 50);
            assertThat(rest(spool)).isEqualTo(lines(0, 50));
            spool.stored("a", 20);
        }
        try (var spool = open()) {
            assertThat(spool.standing("a")).contains(new Standing("a", 50, 20, false));
            addAll(spool, "a", 50, 60);
            assertThat(rest(spool)).isEqualTo(lines(20, 60));
        }
    }

    @Test
    void what_is_stored_is_removed_from_the_disk() throws Exception {
        try (var spool = open()) {
            addAll(spool, "a", 0, 500);
            long before = spool.heldBytes();
            spool.stored("a", 250);
            assertThat(spool.heldBytes()).isBetween(before / 3, before * 2 / 3);
            spool.stored("a", 500);
            assertThat(spool.heldBytes()).isLessThan(200);
            assertThat(files()).hasSize(1);
            assertThat(Files.size(files().getFirst())).isEqualTo(spool.heldBytes());
            addAll(spool, "a", 500, 501);
        }
        try (var spool = open()) {
            assertThat(spool.lines("a")).isEqualTo(501);
            assertThat(rest(spool)).isEqualTo(lines(500, 501));
        }
    }

    @Test
    void the_end_of_an_attempt_is_told_once_with_its_last_lines_or_alone() throws Exception {
        try (var spool = open()) {
            addAll(spool, "a", 0, 2);
            assertThat(next(spool, BYTES)).isEqualTo("a 0: line 0, line 1");
            assertThat(next(spool, BYTES)).isEqualTo("nothing");
            spool.ended("a");
            assertThat(next(spool, BYTES)).isEqualTo("a 2:  end");
            addAll(spool, "b", 0, 1);
            spool.ended("b");
            spool.ended("silent");
            assertThat(next(spool, BYTES)).isEqualTo("b 0: line 0 end");
            assertThat(next(spool, BYTES)).isEqualTo("silent 0:  end");
            assertThat(next(spool, BYTES)).isEqualTo("nothing");
            assertThatThrownBy(() -> add(spool, "a", "late"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("a has ended");
        }
        try (var spool = open()) {
            assertThat(spool.isDone("silent")).isTrue();
            assertThat(spool.isDone("b")).isFalse();
            spool.stored("b", 1);
            assertThat(spool.isDone("b")).isTrue();
            assertThatThrownBy(() -> add(spool, "a", "late"))
                    .isInstanceOf(IllegalStateException.class);
        }
        try (var spool = open()) {
            assertThat(spool.isDone("b")).isTrue();
            assertThat(spool.isDone("a")).isFalse();
            assertThat(spool.isDone("unknown")).isFalse();
        }
    }

    @Test
    void a_removed_attempt_leaves_nothing_behind() throws Exception {
        try (var spool = open()) {
            addAll(spool, "a", 0, 50);
            addAll(spool, "b", 0, 1);
            spool.removed("b");
            spool.removed("a");
            spool.removed("a");
            assertThat(spool.heldBytes()).isZero();
            assertThat(files()).isEmpty();
            assertThat(next(spool, BYTES)).isEqualTo("nothing");
            assertThat(spool.standings()).isEmpty();
            addAll(spool, "a", 0, 1);
            assertThat(next(spool, BYTES)).isEqualTo("a 0: line 0");
        }
    }

    @Test
    void an_attempt_that_writes_much_does_not_keep_the_others_waiting() throws Exception {
        try (var spool = open()) {
            addAll(spool, "much", 0, 5);
            add(spool, "b", "B");
            add(spool, "c", "C");
            assertThat(next(spool, 1)).isEqualTo("much 0: line 0");
            assertThat(next(spool, 1)).isEqualTo("b 0: B");
            assertThat(next(spool, 1)).isEqualTo("c 0: C");
            add(spool, "b", "B2");
            assertThat(next(spool, 70)).isEqualTo("much 1: line 1, line 2");
            assertThat(next(spool, 1)).isEqualTo("b 1: B2");
            assertThat(next(spool, BYTES)).isEqualTo("much 3: line 3, line 4");
            assertThat(next(spool, BYTES)).isEqualTo("nothing");
        }
    }

    @Test
    void who_waits_for_lines_gets_the_next_one() throws Exception {
        try (var spool = open()) {
            var task = started(() -> spool.next(BYTES, Duration.ofSeconds(40)));
            add(spool, "a", "hello");
            assertThat(task.get(20, TimeUnit.SECONDS).map(LogSpoolTest::said))
                    .contains("a 0: hello");
        }
    }

    @Test
    void a_master_gets_the_lines_from_where_it_wants_them() throws Exception {
        try (var spool = open()) {
            addAll(spool, "a", 0, 30);
            spool.ended("a");
            assertThat(rest(spool)).hasSize(30);
            spool.stored("a", 12);
            spool.wanted("a", 17);
            assertThat(rest(spool)).isEqualTo(lines(17, 30));
            spool.wanted("a", 30);
            assertThat(next(spool, BYTES)).isEqualTo("a 30:  end");
            spool.rewind();
            assertThat(rest(spool)).isEqualTo(lines(12, 30));
            // It knows less than it had stored: it gets what is still there.
            spool.wanted("a", 0);
            assertThat(rest(spool)).containsAll(lines(12, 30));
            assertThat(spool.standing("a")).contains(new Standing("a", 30, 12, true));
        }
    }

    @Test
    void what_was_stored_twice_or_of_a_stranger_changes_nothing() throws Exception {
        try (var spool = open()) {
            addAll(spool, "a", 0, 10);
            spool.stored("a", 5);
            spool.stored("a", 3);
            spool.stored("stranger", 3);
            spool.wanted("stranger", 0);
            assertThat(spool.standings()).containsExactly(new Standing("a", 10, 5, false));
            assertThat(rest(spool)).isEqualTo(lines(5, 10));
        }
    }

    @Test
    void after_a_power_failure_the_numbers_go_on_where_the_master_is() throws Exception {
        try (var spool = open()) {
            addAll(spool, "a", 0, 3);
            spool.wanted("a", 40);
            assertThat(next(spool, BYTES)).isEqualTo("nothing");
            addAll(spool, "a", 40, 42);
            spool.stored("b", 7);
            spool.wanted("b", 7);
            assertThat(add(spool, "b", "seventh")).isEqualTo(7);
        }
        try (var spool = open()) {
            assertThat(spool.standings())
                    .containsExactlyInAnyOrder(
                            new Standing("a", 42, 40, false), new Standing("b", 8, 7, false));
            spool.stored("a", 50);
            assertThat(spool.lines("a")).isEqualTo(50);
            assertThat(next(spool, BYTES)).isEqualTo("b 7: seventh");
            assertThat(next(spool, BYTES)).isEqualTo("nothing");
        }
    }

    @Test
    void a_full_spool_lets_the_writer_wait_until_something_is_stored() throws Exception {
        try (var spool = LogSpool.open(folder, SMALL.withLogBytesMax(2000), _ -> {})) {
            int count = 0;
            while (spool.heldBytes() < 2000) {
                addAll(spool, "a", count, ++count);
            }
            var writer = new FutureTask<>(() -> add(spool, "b", "waits"));
            var thread = waiting(writer);
            thread.interrupt();
            spool.stored("a", 1);
            assertThat(writer.isDone()).isFalse();
            assertThat(spool.lines("b")).isZero();
            spool.stored("a", count / 2);
            assertThat(writer.get(20, TimeUnit.SECONDS)).isZero();
            assertThat(spool.lines("b")).isEqualTo(1);
        }
    }

    @Test
    void a_writer_that_was_interrupted_while_it_waited_is_still_interrupted() throws Exception {
        try (var spool = LogSpool.open(folder, SMALL.withLogBytesMax(60), _ -> {})) {
            addAll(spool, "a", 0, 1);
            var writer =
                    new FutureTask<>(() -> {
                        add(spool, "b", "waits");
                        return Thread.currentThread().isInterrupted();
                    });
            waiting(writer).interrupt();
            spool.removed("a");
            assertThat(writer.get(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void attempts_all_of_whose_lines_are_stored_take_no_room_from_others() throws Exception {
        var large =
                new SpoolLimits(5, 4, SMALL.remembered(), 400, 4000, 10_000, SMALL.retryEvery());
        try (var spool = LogSpool.open(folder, large, _ -> {})) {
            for (int i = 0; i < 7; i++) {
                addAll(spool, "a" + i, 0, 5);
                spool.stored("a" + i, 5);
            }
            for (int i = 0; i < 80; i++) {
                addAll(spool, "b", i, i + 1);
            }
            assertThat(rest(spool)).isEqualTo(lines(0, 80));
        }
    }

    @Test
    void a_writer_that_waits_goes_on_once_all_is_stored_that_a_growing_file_holds()
            throws Exception {
        var large =
                new SpoolLimits(5, 4, SMALL.remembered(), 400, 2000, 10_000, SMALL.retryEvery());
        try (var spool = LogSpool.open(folder, large, _ -> {})) {
            int count = 0;
            while (spool.heldBytes() < 2000) {
                addAll(spool, "a", count, ++count);
            }
            var writer = new FutureTask<>(() -> add(spool, "b", "waits"));
            waiting(writer);
            spool.stored("a", count - 1);
            assertThat(writer.isDone()).isFalse();
            spool.stored("a", count);
            assertThat(writer.get(20, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void who_waits_in_a_spool_that_is_closed_is_told() throws Exception {
        var spool = LogSpool.open(folder, SMALL.withLogBytesMax(60), _ -> {});
        addAll(spool, "a", 0, 1);
        var writer = new FutureTask<>(() -> add(spool, "b", "waits"));
        waiting(writer);
        spool.close();
        assertThatThrownBy(() -> writer.get(20, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> spool.next(1, NO_WAIT)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> spool.ended("a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_disk_that_is_full_lets_the_writer_wait_until_it_is_not() throws Exception {
        var disk = new FaultyDisk();
        try (var spool = LogSpool.open(folder, SMALL, disk, _ -> {})) {
            addAll(spool, "a", 0, 20);
            for (int room = 0; room < 60; room++) {
                disk.room(room);
                int number = 20 + room;
                var writer = started(() -> add(spool, "a", "line " + number + " ".repeat(60)));
                while (spool.trouble().isEmpty() && !writer.isDone()) {
                    Thread.onSpinWait();
                }
                assertThat(writer.isDone()).isFalse();
                disk.room(Long.MAX_VALUE);
                assertThat(writer.get(20, TimeUnit.SECONDS)).isEqualTo(number);
                assertThat(spool.trouble()).isEqualTo(Optional.empty());
            }
        }
        try (var spool = open()) {
            assertThat(rest(spool).stream().map(String::strip)).isEqualTo(lines(0, 80));
        }
    }

    @Test
    void an_end_waits_for_a_disk_that_does_not_sync() throws Exception {
        var disk = new FaultyDisk();
        try (var spool = LogSpool.open(folder, SMALL, disk, _ -> {})) {
            addAll(spool, "a", 0, 1);
            disk.syncs(false);
            var ending =
                    started(() -> {
                        spool.ended("a");
                        return true;
                    });
            while (spool.trouble().isEmpty() && !ending.isDone()) {
                Thread.onSpinWait();
            }
            assertThat(ending.isDone()).isFalse();
            disk.syncs(true);
            assertThat(ending.get(20, TimeUnit.SECONDS)).isTrue();
            assertThat(next(spool, BYTES)).isEqualTo("a 0: line 0 end");
        }
    }
}
