package dev.sloth.master.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.dispatch.DispatchLimits;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.RunQuery;
import dev.sloth.core.store.RunStore.Fate.Verdict;
import dev.sloth.core.store.Store;
import dev.sloth.drive.KeptRuns;
import dev.sloth.master.dispatch.Fleet;
import dev.sloth.testkit.Samples;
import dev.sloth.testkit.store.MemoryDisk;
import dev.sloth.testkit.store.MemoryStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MasterRunsTest {
    /// More than a store lists at once.
    private static final int RUNS = RunQuery.LIMIT_MAX + 5;

    private static final int PATIENCE_SECONDS = 60;

    private final Store store = MemoryStore.open(new MemoryDisk());
    private final InstantSource time = InstantSource.system();

    /// One life of a master whose agents never come.
    private final class Life implements AutoCloseable {
        private final CountDownLatch began = new CountDownLatch(RUNS);
        private final CountDownLatch goOn = new CountDownLatch(RUNS);
        private final Fleet fleet =
                new Fleet(store.cluster(), DispatchLimits.DEFAULT, 1, time, _ -> {});
        private final MasterRuns runs;

        Life(long pid) {
            var kept = new KeptRuns(store, new Owner("h", "b", pid, 1), _ -> Verdict.GONE, time);
            runs = new MasterRuns(kept, fleet, WorkflowSecrets.NONE, time, () -> pid, news());
        }

        private RunNews news() {
            return new RunNews() {
                @Override
                public void began(RunId run, String workflow) {
                    began.countDown();
                }

                @Override
                public void goesOn(RunId run, String workflow) {
                    goOn.countDown();
                }

                @Override
                public void rests(RunReport report) {}

                @Override
                public void trouble(RunId run, RuntimeException failure) {}
            };
        }

        void submit(int number) {
            runs.submit(
                    new Submission(
                            new RunId("run-" + number),
                            Samples.large(1),
                            new DataTable(),
                            "script",
                            Map.of(),
                            List.of(),
                            List.of()));
        }

        @Override
        public void close() {
            fleet.close();
            runs.close();
        }
    }

    @Test
    void all_runs_are_gone_on_with_after_a_restart_however_many_they_are() throws Exception {
        try (var first = new Life(1)) {
            for (int number = 0; number < RUNS; number++) {
                first.submit(number);
            }
            assertThat(first.began.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(first.goOn.getCount()).isEqualTo(RUNS);
        }
        try (var second = new Life(2)) {
            second.runs.look();
            assertThat(second.goOn.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(second.began.getCount()).isEqualTo(RUNS);
        }
    }
}
