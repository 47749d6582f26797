package dev.sloth.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.core.store.Store;
import dev.sloth.store.sqlite.SqliteStore;
import dev.sloth.store.sqlite.StoreConfig;
import dev.sloth.testkit.Gen;
import dev.sloth.testkit.store.MemoryDisk;
import dev.sloth.testkit.store.MemoryStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The [DurableJudge] in the simulation checks what holds for every durable run: an attempt is
/// executed at most once, nothing begins after the end of its task, nothing that was acknowledged
/// is lost, a snapshot is as good as the whole journal, all tables agree, and whoever has lost the
/// run changes nothing.
class DurableSimulationTest {
    private final DurableWorld.Tally tally = new DurableWorld.Tally();
    @TempDir private Path folder;
    private int homes;

    private static Function<Consumer<String>, Store> inMemory() {
        var disk = new MemoryDisk();
        return faults -> MemoryStore.open(disk, faults);
    }

    private Function<Consumer<String>, Store> inFiles() {
        var home = folder.resolve("home" + homes++);
        return faults -> SqliteStore.open(home, StoreConfig.DEFAULT, () -> Instant.EPOCH, faults);
    }

    @Test
    void in_the_end_a_run_has_ended_whatever_its_processes_and_their_store_do() {
        Gen.forAll(480, gen -> new DurableWorld(gen, tally, inMemory()).run());
        if (tally.runs > 1) {
            assertThat(tally.kills).as("kills").isPositive();
            assertThat(tally.outages).as("outages").isPositive();
            assertThat(tally.freezes).as("freezes").isPositive();
            assertThat(tally.failures).as("failures").isPositive();
            assertThat(tally.stops).as("stops").isPositive();
            assertThat(tally.again).as("steps that were tried again").isPositive();
            assertThat(tally.unreleased).as("runs that could not be given back").isPositive();
            assertThat(tally.takeovers).as("takeovers").isGreaterThan(tally.runs);
            assertThat(tally.mutes).as("answers that never come").isPositive();
            assertThat(tally.fenced).as("processes that had lost the run").isPositive();
            assertThat(tally.undecided).as("attempts to decide about").isPositive();
            assertThat(tally.cancelled).as("cancelled runs").isPositive();
            assertThat(tally.snapshots).as("runs with a snapshot").isPositive();
        }
    }

    @Test
    void in_the_end_a_run_has_ended_also_in_the_files_of_sqlite() {
        Gen.forAll(20, gen -> new DurableWorld(gen, tally, inFiles()).run());
    }
}
