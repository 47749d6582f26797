package dev.sloth.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.workflow.Problems;
import dev.sloth.core.journal.StoredJournal;
import dev.sloth.core.run.Conductor;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.RunStore.Fate;
import dev.sloth.core.store.Store;
import dev.sloth.testkit.store.MemoryDisk;
import dev.sloth.testkit.store.MemoryStore;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeptRunsTest {
    private static final Owner OURS = new Owner("here", "boot", 1, 1);
    private static final Owner OTHER = new Owner("here", "boot", 2, 1);

    private final Store store = MemoryStore.open(new MemoryDisk());
    private final InstantSource time = InstantSource.system();

    @BeforeEach
    void a_run_of_ours_that_could_not_be_given_back() {
        var journal = StoredJournal.submitting(store.runs(), SmallRun.kept(OURS, time));
        new Conductor(journal).accept(SmallRun.submission(time, "a"));
    }

    private KeptRuns of(Owner owner) {
        return new KeptRuns(store, owner, _ -> Fate.Verdict.ALIVE, time);
    }

    @Test
    void what_we_had_and_drive_no_longer_can_be_taken_again() {
        assertThatThrownBy(() -> of(OURS).claim(SmallRun.RUN))
                .isInstanceOf(Problems.class)
                .hasMessageContaining("is driven by process 1");
        assertThat(of(OURS).claimAgain(SmallRun.RUN).epoch()).isEqualTo(2);
    }

    @Test
    void what_somebody_else_drives_cannot_be_taken_again() {
        assertThatThrownBy(() -> of(OTHER).claimAgain(SmallRun.RUN))
                .isInstanceOf(Problems.class)
                .hasMessageContaining("is driven by process 1");
    }
}
