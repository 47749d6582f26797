package dev.sloth.master;

import dev.sloth.api.secret.Secrets;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.core.dispatch.DispatchLimits;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.RunStore.Fate;
import dev.sloth.core.store.Store;
import dev.sloth.drive.KeptRuns;
import dev.sloth.master.dispatch.Fleet;
import dev.sloth.master.run.MasterRuns;
import dev.sloth.master.run.RunNews;
import dev.sloth.master.run.WorkflowSecrets;
import java.time.InstantSource;
import java.util.function.Supplier;

/// What a master has agents do, for tests in which it has them do nothing.
public record IdleWork(Fleet fleet, MasterRuns runs) {
    public static IdleWork over(Store store, InstantSource time) {
        return over(store, time, WorkflowSecrets.NONE);
    }

    /// @param secrets those that workflows declare
    public static IdleWork over(Store store, InstantSource time, WorkflowSecrets secrets) {
        var fleet = new Fleet(store.cluster(), DispatchLimits.DEFAULT, 1, time, _ -> {});
        var kept =
                new KeptRuns(
                        store, new Owner("host", "boot", 1, 1), _ -> Fate.Verdict.UNKNOWN, time);
        var runs = new MasterRuns(kept, fleet, secrets, time, () -> 1, new Silence());
        return new IdleWork(fleet, runs);
    }

    /// The same secrets for whatever run.
    public record Always(Supplier<Secrets> secrets) implements WorkflowSecrets {
        @Override
        public Secrets begin(RunId run, Workflow workflow) {
            return secrets.get();
        }

        @Override
        public Secrets goOn(RunId run, Workflow workflow, boolean ending) {
            return secrets.get();
        }

        @Override
        public void rests(RunId run) {}
    }

    /// Hears nothing.
    private static final class Silence implements RunNews {
        @Override
        public void began(RunId run, String workflow) {}

        @Override
        public void goesOn(RunId run, String workflow) {}

        @Override
        public void rests(RunReport report) {}

        @Override
        public void trouble(RunId run, RuntimeException failure) {}
    }
}
