package dev.sloth.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.core.run.Conductor;
import dev.sloth.core.run.MemoryJournal;
import dev.sloth.core.store.StoreFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountedJournalTest {
    @TempDir private Path folder;

    private Path file() {
        return folder.resolve("events");
    }

    private long begun() throws IOException {
        try (var journal = new CountedJournal(new MemoryJournal(), folder, 0)) {
            new Conductor(journal).accept(SmallRun.submission(InstantSource.system(), "a"));
        }
        return Long.parseLong(Files.readString(file()).strip());
    }

    private CountedJournal journal(long events) {
        return new CountedJournal(new MemoryJournal(), folder, events);
    }

    @Test
    void a_store_that_has_lost_events_is_damaged() throws IOException {
        long events = begun();
        assertThat(events).isPositive();
        assertThat(CountedJournal.counted(folder)).isEqualTo(events);

        try (var lost = journal(events - 1)) {
            assertThatThrownBy(lost::restore)
                    .isInstanceOfSatisfying(
                            StoreFailure.class,
                            e -> {
                                assertThat(e.reason()).isEqualTo(StoreFailure.Reason.DAMAGED);
                                assertThat(e).hasMessageContaining(file().toString());
                            });
        }
        Files.delete(file());
        try (var givenUp = journal(events - 1)) {
            givenUp.restore();
        }
    }

    @Test
    void a_store_that_has_as_many_or_more_is_whole() throws IOException {
        long events = begun();

        for (long more = 0; more < 3; more++) {
            try (var whole = journal(events + more)) {
                whole.restore();
            }
        }
    }

    @Test
    void a_count_that_never_came_to_disk_says_nothing() throws IOException {
        for (var text : new String[] {"", "\0\0\0", "12", "no number"}) {
            Files.writeString(file(), text);

            assertThat(CountedJournal.counted(folder)).isZero();
            try (var journal = journal(1)) {
                journal.restore();
            }
        }
    }
}
