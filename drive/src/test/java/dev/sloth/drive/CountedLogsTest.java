package dev.sloth.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.core.journal.StoredJournal;
import dev.sloth.core.run.Conductor;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.LogStore;
import dev.sloth.core.store.LogStore.Chunk;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.Store;
import dev.sloth.testkit.store.MemoryDisk;
import dev.sloth.testkit.store.MemoryStore;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountedLogsTest {
    private static final Claim FIRST = new Claim(SmallRun.RUN, 1);

    @TempDir private Path folder;
    private final Store store = store();

    private static Store store() {
        var store = MemoryStore.open(new MemoryDisk());
        var made = SmallRun.kept(new Owner("here", "boot", 1, 1), InstantSource.system());
        var journal = StoredJournal.submitting(store.runs(), made);
        new Conductor(journal).accept(SmallRun.submission(InstantSource.system(), "a"));
        return store;
    }

    private static Chunk chunk(int number) {
        var id = new AttemptId(SmallRun.RUN, new TaskName("a"), 1);
        return new Chunk(
                id, number, number, 1, number, 1, Instant.EPOCH, Instant.EPOCH, new byte[] {1});
    }

    private boolean missing(LogStore logs) {
        return CountedLogs.missing(logs, SmallRun.RUN, folder).isPresent();
    }

    @Test
    void output_that_a_store_has_lost_is_missed_until_the_run_is_gone() {
        var logs = new CountedLogs(store.logs(), folder, FIRST);
        logs.append(FIRST, chunk(0));
        logs.append(FIRST, chunk(1));
        assertThat(missing(store.logs())).isFalse();

        store.logs().delete(SmallRun.RUN);
        store.logs().append(FIRST, chunk(0));
        assertThat(missing(store.logs())).isTrue();

        new CountedLogs(store.logs(), folder, new Claim(SmallRun.RUN, 2)).close();
        assertThat(missing(store.logs())).isTrue();
    }

    @Test
    void output_that_is_whole_is_not_missed_and_leaves_no_file() {
        try (var logs = new CountedLogs(store.logs(), folder, FIRST)) {
            logs.append(FIRST, chunk(0));
        }
        assertThat(folder).isEmptyDirectory();
        assertThat(missing(store.logs())).isFalse();
    }
}
