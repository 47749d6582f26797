package dev.sloth.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.FireStatus;
import dev.sloth.core.store.RunQuery;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.ScheduleTurn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that earlier versions wrote. Each is the `store.db` of a real run of that version.
class MigrationTest {
    private static final RunId FINE = new RunId("20261126-091604-65a1ff99");

    @TempDir private Path home;

    private void unpack(String name) throws IOException {
        try (var in = MigrationTest.class.getResourceAsStream("old/" + name + ".gz")) {
            assertThat(in).as(name).isNotNull();
            Files.copy(new GZIPInputStream(in), home.resolve("store.db"));
        }
    }

    @Test
    void the_runs_of_version_1_are_all_there_and_schedules_can_be_added() throws Exception {
        unpack("store-v1.db");
        try (var store = Sample.open(home)) {
            var rows = store.runs().list(RunQuery.ALL);
            assertThat(rows)
                    .extracting(row -> row.progress().status())
                    .containsExactly("failed", "succeeded");
            assertThat(store.runs().find(FINE).map(RunRow::labels).orElseThrow())
                    .containsEntry("made", "by-v1");
            var pages = store.runs().journal(FINE, 1, 100);
            assertThat(pages).isNotEmpty();
            assertThat(store.pages().behind(0, 100))
                    .filteredOn(page -> page.run().equals(FINE))
                    .hasSameSizeAs(pages);
            assertThat(store.pages().last()).isPositive();

            var row = store.schedules().add("nightly", "{}", "ann", Sample.NOW);
            var ready = ScheduleTurn.Planned.one(Sample.NOW, FireStatus.READY, "");
            assertThat(
                            store.schedules()
                                    .turn(
                                            row,
                                            new ScheduleTurn(
                                                    Sample.NOW,
                                                    List.of(ready),
                                                    List.of(),
                                                    Sample.NOW)))
                    .isTrue();
        }
        try (var store = Sample.open(home)) {
            assertThat(store.schedules().open()).hasSize(1);
            assertThat(store.runs().delete(FINE)).isTrue();
        }
    }

    @Test
    void a_copy_of_the_file_of_version_1_is_kept() throws Exception {
        unpack("store-v1.db");
        Sample.open(home).close();

        assertThat(home).isDirectoryContaining("glob:**store.db.v1-*.backup");
    }
}
