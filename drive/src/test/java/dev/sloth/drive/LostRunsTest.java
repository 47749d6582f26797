package dev.sloth.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.core.journal.StoredJournal;
import dev.sloth.core.run.Conductor;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.RunStore;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.testkit.store.MemoryDisk;
import dev.sloth.testkit.store.MemoryStore;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LostRunsTest {
    private static final Owner OWNER = new Owner("here", "boot", 1, 1);

    @TempDir private Path folder;
    private final Store store = MemoryStore.open(new MemoryDisk());

    private void begin() throws IOException {
        var time = InstantSource.system();
        var run = Files.createDirectories(folder.resolve(SmallRun.RUN.text()));
        var journal = StoredJournal.submitting(store.runs(), SmallRun.kept(OWNER, time));
        try (var counted = new CountedJournal(journal, run, 0)) {
            new Conductor(counted).accept(SmallRun.submission(time, "a"));
        }
    }

    @Test
    void a_store_that_knows_nothing_of_a_run_that_was_under_way_is_damaged() throws IOException {
        begin();
        LostRuns.check(folder, store.runs());

        var emptied = MemoryStore.open(new MemoryDisk()).runs();
        assertThatThrownBy(() -> LostRuns.check(folder, emptied))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining(SmallRun.RUN.text());
    }

    @Test
    void a_store_that_knows_less_of_a_run_than_was_on_disk_is_damaged() throws IOException {
        begin();
        var file = folder.resolve(SmallRun.RUN.text()).resolve("events");
        Files.writeString(file, "%019d\n".formatted(99));

        assertThatThrownBy(() -> LostRuns.check(folder, store.runs()))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("of 99 events");
    }

    /// As if the run went on whenever the store was asked.
    private RunStore busy(Path count) {
        var runs = store.runs();
        return (RunStore)
                Proxy.newProxyInstance(
                        RunStore.class.getClassLoader(),
                        new Class<?>[] {RunStore.class},
                        (_, method, arguments) -> {
                            var answer = method.invoke(runs, arguments);
                            Files.writeString(count, "%019d\n".formatted(99));
                            return answer;
                        });
    }

    @Test
    void a_run_that_goes_on_while_it_is_looked_at_has_lost_nothing() throws IOException {
        begin();
        var file = folder.resolve(SmallRun.RUN.text()).resolve("events");
        LostRuns.check(folder, busy(file));
        assertThat(file).content().startsWith("0").contains("99");
    }

    @Test
    void folders_of_runs_that_have_ended_say_nothing() throws IOException {
        Files.createDirectories(folder.resolve("20260101-000000-00000000/work"));

        LostRuns.check(folder, store.runs());
        LostRuns.check(folder.resolve("none"), store.runs());
    }
}
