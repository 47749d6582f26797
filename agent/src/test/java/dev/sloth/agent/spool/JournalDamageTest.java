package dev.sloth.agent.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.testkit.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A journal that ends somewhere, or holds another byte somewhere.
final class JournalDamageTest {
    @TempDir private Path folder;
    private final VirtualTime time = new VirtualTime();

    /// Where the file ended after each write, and what the journal said then.
    private final List<Integer> ends = new ArrayList<>();

    private final List<List<String>> states = new ArrayList<>();
    private byte[] whole = {};

    private Path file() {
        return folder.resolve("work.journal");
    }

    private WorkJournal open() throws IOException {
        return WorkJournal.open(folder, SpoolLimits.DEFAULT, time, _ -> {});
    }

    @BeforeEach
    void a_journal() throws IOException {
        try (var journal = open()) {
            noteState(journal);
            for (var id : List.of("a", "b", "c")) {
                journal.accept(id, WorkJournalTest.bytes("order of " + id));
                noteState(journal);
            }
            journal.finished("b", WorkJournalTest.bytes("result"));
            noteState(journal);
            journal.accept("d", new byte[] {});
            noteState(journal);
            journal.finished("a", WorkJournalTest.bytes("another"));
            noteState(journal);
        }
        whole = Files.readAllBytes(file());
        assertThat(ends.getLast()).isEqualTo(whole.length);
    }

    private void noteState(WorkJournal journal) throws IOException {
        ends.add((int) Files.size(file()));
        states.add(WorkJournalTest.unacknowledged(journal));
    }

    /// How many writes are whole in so many bytes.
    private int writes(int length) {
        return (int) ends.stream().filter(end -> end <= length).count() - 1;
    }

    @Test
    void wherever_a_write_ended_early_all_before_it_is_there_and_the_journal_goes_on()
            throws IOException {
        for (int length = JournalFile.HEADER_BYTES; length <= whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            try (var journal = open()) {
                assertThat(WorkJournalTest.unacknowledged(journal))
                        .as("cut at " + length)
                        .isEqualTo(states.get(writes(length)));
                assertThat(WorkJournalTest.said(journal.accept("new", new byte[] {7})))
                        .isEqualTo("new");
            }
            try (var journal = open()) {
                assertThat(WorkJournalTest.unacknowledged(journal))
                        .hasSize(states.get(writes(length)).size() + 1);
            }
        }
    }

    @Test
    void a_power_failure_that_leaves_nothing_but_zeros_of_the_last_write_loses_that_one_only()
            throws IOException {
        int start = ends.get(ends.size() - 2);
        for (int from = start; from < whole.length; from++) {
            var bytes = whole.clone();
            Arrays.fill(bytes, from, bytes.length, (byte) 0);
            Files.write(file(), bytes);
            try (var journal = open()) {
                assertThat(WorkJournalTest.unacknowledged(journal))
                        .isEqualTo(states.get(states.size() - 2));
            }
        }
    }

    @Test
    void another_byte_is_an_error_that_says_where_unless_it_is_in_the_last_write()
            throws IOException {
        int last = ends.get(ends.size() - 2);
        for (int i = 0; i < whole.length; i++) {
            var bytes = whole.clone();
            bytes[i] ^= (byte) (i % 2 == 0 ? 0x80 : 1);
            Files.write(file(), bytes);
            if (i < last) {
                checkRefused(bytes, i < JournalFile.HEADER_BYTES ? 0 : ends.get(writes(i)));
                continue;
            }
            try (var journal = open()) {
                assertThat(WorkJournalTest.unacknowledged(journal))
                        .isEqualTo(states.get(states.size() - 2));
            }
        }
    }

    private void checkRefused(byte[] bytes, int offset) throws IOException {
        var refusal = catchThrowableOfType(UnreadableSpool.class, this::open);
        assertThat(refusal.file()).isEqualTo(file());
        assertThat(refusal.offset()).isEqualTo(offset);
        assertThat(refusal).hasMessageContaining(file() + " cannot be read at byte " + offset);
        assertThat(Files.readAllBytes(file())).as("nothing is changed").isEqualTo(bytes);
    }

    @Test
    void a_journal_without_its_beginning_is_refused() throws IOException {
        for (int length = 0; length < JournalFile.HEADER_BYTES; length++) {
            var bytes = Arrays.copyOf(whole, length);
            Files.write(file(), bytes);
            checkRefused(bytes, 0);
        }
    }

    @Test
    void a_journal_of_a_later_version_is_refused_by_its_version() throws IOException {
        var bytes = whole.clone();
        bytes[11] = 2;
        int sum = Span.sum(bytes, 0, 12);
        for (int i = 0; i < 4; i++) {
            bytes[12 + i] = (byte) (sum >>> (24 - 8 * i));
        }
        Files.write(file(), bytes);
        assertThat(catchThrowableOfType(UnreadableSpool.class, this::open))
                .hasMessageContaining("it is of version 2, and this agent knows version 1");
    }

    @Test
    void an_order_that_looks_like_a_part_of_a_journal_is_an_order() throws IOException {
        var part = Arrays.copyOfRange(whole, ends.getFirst(), whole.length);
        Files.delete(file());
        int before;
        try (var journal = open()) {
            journal.accept("a", WorkJournalTest.bytes("plain"));
            before = (int) Files.size(file());
            journal.accept("b", part);
        }
        try (var journal = open()) {
            assertThat(journal.unacknowledged().getLast().order()).isEqualTo(part);
        }
        var all = Files.readAllBytes(file());
        for (int length = before; length < all.length; length++) {
            Files.write(file(), Arrays.copyOf(all, length));
            try (var journal = open()) {
                assertThat(WorkJournalTest.unacknowledged(journal)).containsExactly("a: plain");
            }
        }
    }

    @Test
    void sound_frames_that_contradict_each_other_are_refused() throws IOException {
        var frame = new Frame();
        frame.add(Note.Kind.FINISHED, time.instant(), "z", "?".getBytes(UTF_8));
        var all = Arrays.copyOf(whole, whole.length + frame.length());
        System.arraycopy(frame.sealed(), 0, all, whole.length, frame.length());
        Files.write(file(), all);
        checkRefused(all, whole.length);
    }
}
