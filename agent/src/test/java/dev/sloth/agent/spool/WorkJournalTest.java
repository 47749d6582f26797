package dev.sloth.agent.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.testkit.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class WorkJournalTest {
    static final SpoolLimits SMALL =
            new SpoolLimits(5, 4, Duration.ofMinutes(15), 400, 1 << 20, 300, Duration.ofMillis(1));

    @TempDir private Path folder;
    private final VirtualTime time = new VirtualTime();

    private WorkJournal open() throws IOException {
        return WorkJournal.open(folder, SpoolLimits.DEFAULT, time, _ -> {});
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /// An answer as a word, with the result if it has one.
    static String said(Accepting answer) {
        return switch (answer) {
            case Accepting.New() -> "new";
            case Accepting.Known(var result) ->
                    "known" + result.map(found -> " " + new String(found, UTF_8)).orElse("");
            case Accepting.Full(int held, int max) -> "full %d of %d".formatted(held, max);
        };
    }

    private static String accept(WorkJournal journal, String id) throws IOException {
        return said(journal.accept(id, bytes("order of " + id)));
    }

    static List<String> unacknowledged(WorkJournal journal) throws IOException {
        return journal.unacknowledged().stream()
                .map(work ->
                        "%s: %s%s"
                                .formatted(
                                        work.id(),
                                        new String(work.order(), UTF_8),
                                        work.result()
                                                .map(found -> " -> " + new String(found, UTF_8))
                                                .orElse("")))
                .toList();
    }

    @Test
    void an_order_is_new_only_once_also_after_restarts_and_after_its_result_was_acknowledged()
            throws IOException {
        try (var journal = open()) {
            assertThat(accept(journal, "a")).isEqualTo("new");
            assertThat(accept(journal, "a")).isEqualTo("known");
        }
        try (var journal = open()) {
            assertThat(accept(journal, "a")).isEqualTo("known");
            assertThat(journal.finished("a", bytes("done"))).isTrue();
        }
        try (var journal = open()) {
            assertThat(accept(journal, "a")).isEqualTo("known done");
            journal.acknowledged("a");
        }
        time.run(Duration.ofMinutes(15).minusNanos(1000));
        try (var journal = open()) {
            assertThat(accept(journal, "a")).isEqualTo("known done");
            assertThat(unacknowledged(journal)).isEmpty();
        }
        time.run(Duration.ofNanos(1000));
        try (var journal = open()) {
            assertThat(accept(journal, "a")).isEqualTo("new");
        }
        try (var journal = open()) {
            assertThat(unacknowledged(journal)).containsExactly("a: order of a");
        }
    }

    @Test
    void what_is_open_comes_in_the_order_in_which_it_was_accepted() throws IOException {
        var micros = Duration.ofNanos(1_234_567_000);
        try (var journal = open()) {
            time.run(micros);
            for (var id : List.of("c", "a", "b", "d")) {
                accept(journal, id);
            }
            journal.finished("b", bytes("one"));
            journal.acknowledged("a");
        }
        try (var journal = open()) {
            assertThat(unacknowledged(journal))
                    .containsExactly("c: order of c", "b: order of b -> one", "d: order of d");
            assertThat(journal.unacknowledged().getFirst().acceptedAt())
                    .isEqualTo(Instant.EPOCH.plus(micros));
        }
    }

    @Test
    void only_the_first_result_counts_and_none_of_what_was_never_accepted() throws IOException {
        try (var journal = open()) {
            accept(journal, "a");
            assertThat(journal.finished("a", bytes("first"))).isTrue();
            assertThat(journal.finished("a", bytes("second"))).isFalse();
            assertThat(journal.finished("b", bytes("stray"))).isFalse();
            journal.acknowledged("b");
            assertThat(unacknowledged(journal)).containsExactly("a: order of a -> first");
        }
        try (var journal = open()) {
            assertThat(journal.finished("a", bytes("third"))).isFalse();
            assertThat(unacknowledged(journal)).containsExactly("a: order of a -> first");
        }
    }

    @Test
    void a_journal_with_as_much_as_it_may_hold_says_so_until_there_is_room() throws IOException {
        try (var journal = WorkJournal.open(folder, SMALL, time, _ -> {})) {
            for (int i = 0; i < 5; i++) {
                assertThat(accept(journal, "a" + i)).isEqualTo("new");
            }
            assertThat(accept(journal, "more")).isEqualTo("full 5 of 5");
            assertThat(accept(journal, "a3")).isEqualTo("known");
            for (int i = 0; i < 4; i++) {
                journal.acknowledged("a" + i);
            }
            assertThat(accept(journal, "more")).isEqualTo("full 4 of 4");
            time.run(Duration.ofMinutes(15));
            assertThat(accept(journal, "more")).isEqualTo("new");
            assertThat(unacknowledged(journal)).hasSize(2);
        }
    }

    @Test
    void what_is_too_long_is_refused_before_anything_is_written() throws IOException {
        try (var journal = open()) {
            long before = Files.size(folder.resolve("work.journal"));
            assertThatThrownBy(() -> accept(journal, "x".repeat(1025)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(Files.size(folder.resolve("work.journal"))).isEqualTo(before);
            assertThat(accept(journal, "é".repeat(512))).isEqualTo("new");
        }
    }

    @Test
    void a_closed_journal_takes_nothing() throws IOException {
        var journal = open();
        journal.close();
        journal.close();
        assertThatThrownBy(() -> accept(journal, "a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void an_interrupted_thread_is_served_like_any_other() throws IOException {
        try (var journal = WorkJournal.open(folder, SMALL, time, _ -> {})) {
            Thread.currentThread().interrupt();
            for (int i = 0; i < 40; i++) {
                assertThat(accept(journal, "a" + i)).isEqualTo("new");
                journal.finished("a" + i, bytes("x".repeat(50)));
                journal.acknowledged("a" + i);
                time.run(Duration.ofMinutes(15));
            }
            assertThat(Thread.interrupted()).isTrue();
            assertThat(accept(journal, "b")).isEqualTo("new");
        }
    }

    /// Starts a thread and returns when it waits for somebody else.
    private static <T> FutureTask<T> waiting(Callable<T> act) {
        var task = new FutureTask<>(act);
        var thread = new Thread(task);
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return task;
    }

    @Test
    void who_comes_while_the_disk_is_busy_is_written_together_with_all_others() throws Exception {
        var disk = new FaultyDisk();
        try (var journal = WorkJournal.open(folder, SpoolLimits.DEFAULT, time, disk, _ -> {})) {
            var go = new CountDownLatch(1);
            disk.beforeSync(() -> await(go));
            int before = disk.synced();
            var tasks = new ArrayList<FutureTask<String>>();
            for (int i = 0; i < 8; i++) {
                var id = "a" + i;
                tasks.add(waiting(() -> accept(journal, id)));
            }
            go.countDown();
            for (var each : tasks) {
                assertThat(each.get(20, TimeUnit.SECONDS)).isEqualTo("new");
            }
            assertThat(disk.synced() - before).isEqualTo(2);
        }
        try (var journal = open()) {
            assertThat(unacknowledged(journal)).hasSize(8);
        }
    }

    private static void await(CountDownLatch go) {
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void of_many_who_bring_the_same_order_at_once_one_is_told_that_it_is_new() throws Exception {
        var disk = new FaultyDisk();
        try (var journal = WorkJournal.open(folder, SpoolLimits.DEFAULT, time, disk, _ -> {})) {
            var go = new CountDownLatch(1);
            disk.beforeSync(() -> await(go));
            var busy = waiting(() -> accept(journal, "b"));
            var tasks = new ArrayList<FutureTask<String>>();
            for (int i = 0; i < 4; i++) {
                tasks.add(waiting(() -> accept(journal, "a")));
            }
            go.countDown();
            assertThat(busy.get(20, TimeUnit.SECONDS)).isEqualTo("new");
            var answers = new ArrayList<String>();
            for (var each : tasks) {
                answers.add(each.get(20, TimeUnit.SECONDS));
            }
            assertThat(answers).containsExactlyInAnyOrder("new", "known", "known", "known");
        }
    }

    @Test
    void a_journal_that_is_mostly_dead_is_written_anew() throws IOException {
        var file = folder.resolve("work.journal");
        try (var journal = WorkJournal.open(folder, SMALL, time, _ -> {})) {
            accept(journal, "stays");
            journal.finished("stays", bytes("here"));
            for (int i = 0; i < 100; i++) {
                assertThat(accept(journal, "a" + i)).isEqualTo("new");
                journal.finished("a" + i, bytes("result"));
                journal.acknowledged("a" + i);
                time.run(Duration.ofMinutes(15));
                assertThat(Files.size(file)).isLessThan(1500);
                assertThat(unacknowledged(journal))
                        .containsExactly("stays: order of stays -> here");
            }
        }
        try (var journal = WorkJournal.open(folder, SMALL, time, _ -> {})) {
            assertThat(unacknowledged(journal)).containsExactly("stays: order of stays -> here");
        }
        try (var names = Files.list(folder)) {
            assertThat(names).containsExactly(file);
        }
    }

    @Test
    void what_is_left_of_a_journal_that_was_being_written_anew_is_thrown_away() throws IOException {
        try (var journal = open()) {
            accept(journal, "a");
        }
        Files.writeString(folder.resolve("work.journal.new"), "half of i");
        try (var journal = open()) {
            assertThat(unacknowledged(journal)).containsExactly("a: order of a");
        }
        assertThat(folder.resolve("work.journal.new")).doesNotExist();
    }

    @Test
    void a_full_disk_takes_no_order_and_the_next_one_that_fits_is_taken() throws IOException {
        var disk = new FaultyDisk();
        try (var journal = WorkJournal.open(folder, SpoolLimits.DEFAULT, time, disk, _ -> {})) {
            accept(journal, "before");
            for (int room = 0; room < 40; room++) {
                disk.room(room);
                assertThatThrownBy(() -> accept(journal, "refused"))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("No space left");
                assertThatThrownBy(() -> journal.finished("before", bytes("a result of its own")))
                        .isInstanceOf(IOException.class);
                disk.room(Long.MAX_VALUE);
                assertThat(accept(journal, "a" + room)).isEqualTo("new");
            }
            assertThat(unacknowledged(journal)).hasSize(41).noneMatch(it -> it.contains("refused"));
        }
        try (var journal = open()) {
            assertThat(unacknowledged(journal)).hasSize(41).noneMatch(it -> it.contains("refused"));
            assertThat(accept(journal, "refused")).isEqualTo("new");
        }
    }

    @Test
    void what_the_disk_did_not_sync_was_not_accepted() throws IOException {
        var disk = new FaultyDisk();
        try (var journal = WorkJournal.open(folder, SpoolLimits.DEFAULT, time, disk, _ -> {})) {
            accept(journal, "a");
            disk.syncs(false);
            assertThatThrownBy(() -> accept(journal, "b")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> journal.finished("a", bytes("lost")))
                    .isInstanceOf(IOException.class);
            assertThat(accept(journal, "a")).isEqualTo("known");
            disk.syncs(true);
            assertThat(journal.finished("a", bytes("kept"))).isTrue();
            assertThat(accept(journal, "b")).isEqualTo("new");
        }
        try (var journal = open()) {
            assertThat(unacknowledged(journal))
                    .containsExactly("a: order of a -> kept", "b: order of b");
        }
    }

    @Test
    void a_journal_that_cannot_be_made_smaller_goes_on() throws IOException {
        var disk = new FaultyDisk();
        try (var journal = WorkJournal.open(folder, SMALL, time, disk, _ -> {})) {
            accept(journal, "stays");
            for (int i = 0; i < 30; i++) {
                journal.acknowledged("a" + (i - 1));
                time.run(Duration.ofMinutes(15));
                // Enough for the order itself, and never for a new file as well.
                disk.room(75);
                assertThat(accept(journal, "a" + i)).isEqualTo("new");
            }
            assertThat(Files.size(folder.resolve("work.journal"))).isGreaterThan(1500);
            disk.room(Long.MAX_VALUE);
            for (int i = 30; i < 50; i++) {
                journal.acknowledged("a" + (i - 1));
                time.run(Duration.ofMinutes(15));
                assertThat(accept(journal, "a" + i)).isEqualTo("new");
            }
            assertThat(Files.size(folder.resolve("work.journal"))).isLessThan(1500);
        }
        try (var journal = WorkJournal.open(folder, SMALL, time, _ -> {})) {
            assertThat(unacknowledged(journal))
                    .containsExactly("stays: order of stays", "a49: order of a49");
        }
    }

    @Test
    void an_order_that_was_damaged_since_is_not_given_to_anybody() throws IOException {
        try (var journal = open()) {
            accept(journal, "a");
            var file = folder.resolve("work.journal");
            var all = Files.readAllBytes(file);
            all[all.length - 1] ^= 1;
            Files.write(file, all);
            assertThatThrownBy(journal::unacknowledged).isInstanceOf(UnreadableSpool.class);
        }
    }

    @Test
    void the_limits_of_agents_are_what_their_page_says() {
        assertThat(SpoolLimits.DEFAULT.remembered()).isEqualTo(Duration.ofMinutes(15));
        assertThat(SpoolLimits.DEFAULT.logBytesMax()).isEqualTo(1L << 30);
        assertThat(Optional.of(SpoolLimits.DEFAULT.withLogBytesMax(7).logBytesMax())).contains(7L);
    }
}
