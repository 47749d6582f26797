package dev.sloth.master.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.secret.Secrets;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.core.dispatch.DispatchLimits;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.store.NewRun;
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
import java.util.concurrent.CompletableFuture;
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
            this(pid, WorkflowSecrets.NONE);
        }

        Life(long pid, WorkflowSecrets secrets) {
            var kept = new KeptRuns(store, new Owner("h", "b", pid, 1), _ -> Verdict.GONE, time);
            runs = new MasterRuns(kept, fleet, secrets, time, () -> pid, news());
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
                            List.of(),
                            NewRun.Cause.Asked.UNSEEN));
        }

        @Override
        public void close() {
            fleet.close();
            runs.close();
        }
    }

    /// What begins waits until it may.
    private static final class Gate implements WorkflowSecrets {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);

        @Override
        public Secrets begin(RunId run, Workflow workflow) throws InterruptedException {
            reached.countDown();
            open.await();
            return Secrets.NONE;
        }

        @Override
        public Secrets goOn(RunId run, Workflow workflow, boolean ending) {
            return Secrets.NONE;
        }

        @Override
        public void rests(RunId run) {}
    }

    @Test
    void nobody_is_told_that_a_run_is_there_before_it_is_on_disk() throws Exception {
        var gate = new Gate();
        try (var life = new Life(1, gate)) {
            var first = CompletableFuture.supplyAsync(() -> isThereOnceSubmitted(life));
            assertThat(gate.reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            var second = CompletableFuture.supplyAsync(() -> isThereOnceSubmitted(life));
            // Without the wait for the first it would have an answer by now.
            assertThat(second.copy().completeOnTimeout(true, 300, TimeUnit.MILLISECONDS).get())
                    .isTrue();
            gate.open.countDown();
            assertThat(first.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(second.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    private boolean isThereOnceSubmitted(Life life) {
        life.submit(1);
        return store.runs().find(new RunId("run-1")).isPresent();
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
