package dev.sloth.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Files of lines that end somewhere, hold another byte somewhere, or are gone.
final class SpoolDamageTest {
    private static final SpoolLimits SMALL = WorkJournalTest.SMALL;
    private static final String LOST =
            "this line was damaged on the disk of the agent, and is lost";

    @TempDir private Path folder;

    private LogSpool open() throws IOException {
        return LogSpool.open(folder, SMALL, _ -> {});
    }

    private static void addAll(LogSpool spool, int from, int to) {
        for (int i = from; i < to; i++) {
            assertThat(spool.add("a", "out", LogSpoolTest.AT, "line " + i)).isEqualTo(i);
        }
    }

    private List<Path> files() throws IOException {
        try (var names = Files.list(folder)) {
            return names.sorted().toList();
        }
    }

    private static String name(long attempt) {
        return new Segment.Name(attempt, 0).written();
    }

    private static List<String> rest(LogSpool spool) throws Exception {
        var texts = new ArrayList<String>();
        for (var batch = spool.next(100, Duration.ZERO);
                batch.isPresent();
                batch = spool.next(100, Duration.ZERO)) {
            assertThat(batch.get().first()).isEqualTo(texts.size());
            batch.get().lines().forEach(line -> texts.add(line.text()));
        }
        return texts;
    }

    /// Whether each line is what it was or says that it is lost, and how many are lost.
    private static long lost(List<String> texts, int count) {
        assertThat(texts).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(texts.get(i)).isIn("line " + i, LOST);
        }
        return texts.stream().filter(LOST::equals).count();
    }

    @Test
    void wherever_a_write_ended_early_the_lines_before_it_are_there_and_the_numbers_go_on()
            throws Exception {
        try (var spool = open()) {
            addAll(spool, 0, 12);
        }
        var last = files().getLast();
        var whole = Files.readAllBytes(last);
        int before = 12;
        for (int length = whole.length; length >= 40; length--) {
            Files.write(last, Arrays.copyOf(whole, length));
            try (var spool = open()) {
                int there = (int) spool.lines("a");
                assertThat(there).isBetween(before - 1, before);
                before = there;
                addAll(spool, there, there + 1);
                assertThat(lost(rest(spool), there + 1)).isZero();
            }
        }
        assertThat(before).isLessThan(12);
    }

    @Test
    void a_damaged_byte_costs_lines_but_no_number_and_no_later_file() throws Exception {
        try (var spool = open()) {
            addAll(spool, 0, 40);
        }
        var files = files();
        assertThat(files).hasSizeGreaterThan(3);
        var damaged = files.get(1);
        var whole = Files.readAllBytes(damaged);
        for (int i = 0; i < whole.length; i++) {
            var bytes = whole.clone();
            bytes[i] ^= 0x10;
            Files.write(damaged, bytes);
            try (var spool = open()) {
                var texts = rest(spool);
                assertThat(lost(texts, 40)).as("byte " + i).isBetween(1L, 12L);
                assertThat(texts.getFirst()).isEqualTo("line 0");
                assertThat(texts.getLast()).isEqualTo("line 39");
            }
            Files.deleteIfExists(Path.of(damaged + ".damaged"));
        }
    }

    @Test
    void damage_in_the_file_that_grows_does_not_reach_the_lines_after_it() throws Exception {
        try (var spool = open()) {
            addAll(spool, 0, 3);
            var file = files().getFirst();
            var bytes = Files.readAllBytes(file);
            bytes[bytes.length - 1] ^= 1;
            Files.write(file, bytes);
            assertThat(rest(spool)).containsExactly("line 0", "line 1", LOST);
            addAll(spool, 3, 5);
            spool.rewind();
            assertThat(rest(spool)).containsExactly("line 0", "line 1", LOST, "line 3", "line 4");
        }
    }

    @Test
    void a_file_that_is_gone_costs_its_lines_only() throws Exception {
        try (var spool = open()) {
            addAll(spool, 0, 40);
            Files.delete(files().get(1));
            assertThat(lost(rest(spool), 40)).isBetween(1L, 12L);
        }
    }

    @Test
    void what_does_not_begin_like_a_file_of_lines_is_set_aside() throws Exception {
        Files.writeString(folder.resolve(name(7)), "something else altogether, longer");
        Files.writeString(folder.resolve(name(8)), "");
        Files.writeString(folder.resolve("a note of somebody"), "hello");
        try (var spool = open()) {
            assertThat(spool.standings()).isEmpty();
            addAll(spool, 0, 1);
        }
        assertThat(files().stream().map(file -> file.getFileName().toString()))
                .containsExactly(name(7) + ".damaged", name(9), "a note of somebody");
    }

    /// Brings lines and has them stored, until the disk is gone.
    private static void work(LogSpool spool, AtomicInteger added, AtomicInteger stored)
            throws IOException {
        while (added.get() < 60) {
            for (int i = 0; i < 4; i++) {
                addAll(spool, added.get(), added.get() + 1);
                added.incrementAndGet();
            }
            if (added.get() % 3 != 0) {
                int lines = added.get() - added.get() % 8;
                stored.accumulateAndGet(lines, Math::max);
                spool.stored("a", lines);
            }
        }
    }

    @Test
    @Timeout(60)
    void a_machine_may_be_lost_at_any_moment_with_no_line_that_was_added() throws Exception {
        boolean survived = false;
        for (int calls = 1; !survived; calls++) {
            var disk = new FaultyDisk();
            var here = folder.resolve("dying" + calls);
            var spool = LogSpool.open(here, SMALL, disk, _ -> {});
            disk.diesAfter(calls);
            var added = new AtomicInteger();
            var stored = new AtomicInteger();
            var work =
                    new FutureTask<>(() -> {
                        work(spool, added, stored);
                        return true;
                    });
            new Thread(work).start();
            while (!work.isDone() && spool.trouble().isEmpty()) {
                Thread.onSpinWait();
            }
            survived = spool.trouble().isEmpty() && work.state() == Future.State.SUCCESS;
            closes(spool);
            awaitEnd(work);
            check(here, added.get(), stored.get());
        }
    }

    /// It may complain that its disk is gone.
    private static void closes(LogSpool spool) {
        try {
            spool.close();
        } catch (IOException e) {
            assertThat(e.getSuppressed()).isNotEmpty();
        }
    }

    /// It ends by itself, or because the spool was closed, or because the disk is gone.
    private static void awaitEnd(FutureTask<Boolean> work) throws Exception {
        try {
            assertThat(work.get(20, TimeUnit.SECONDS)).isTrue();
        } catch (ExecutionException e) {
            assertThat(e.getCause())
                    .isInstanceOfAny(IOException.class, IllegalStateException.class);
        }
    }

    private static void check(Path here, int added, int stored) throws Exception {
        try (var spool = LogSpool.open(here, SMALL, _ -> {})) {
            assertThat(spool.lines("a")).isBetween((long) added, added + 1L);
            long next = -1;
            for (var batch = spool.next(100, Duration.ZERO);
                    batch.isPresent();
                    batch = spool.next(100, Duration.ZERO)) {
                assertThat(batch.get().first()).isEqualTo(next < 0 ? batch.get().first() : next);
                for (var line : batch.get().lines()) {
                    next = next < 0 ? batch.get().first() : next;
                    assertThat(line.text()).isEqualTo("line " + next);
                    next++;
                }
            }
            assertThat(spool.standing("a").map(Standing::stored).orElse(0L))
                    .isLessThanOrEqualTo(stored);
            assertThat(next < 0 ? stored : next).isGreaterThanOrEqualTo(added);
            addAll(spool, (int) spool.lines("a"), (int) spool.lines("a") + 1);
        }
    }
}
