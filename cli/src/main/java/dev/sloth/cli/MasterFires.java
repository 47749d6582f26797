package dev.sloth.cli;

import dev.sloth.api.workflow.Problems;
import dev.sloth.cli.config.Config;
import dev.sloth.cli.serve.Crew;
import dev.sloth.cli.serve.Launcher;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.FireClaim;
import dev.sloth.core.store.FireRow;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.ScheduleRow;
import dev.sloth.core.store.Store;
import dev.sloth.master.run.MasterRuns;
import dev.sloth.master.run.Submission;

/// Makes the runs of fires for a master, which drives them as it does all others.
///
/// @param given whose caller has the folder of the master for a home
record MasterFires(Given given, Config config, Store store, MasterRuns runs, ServeNews news)
        implements Launcher {
    @Override
    public boolean resumes() {
        return false;
    }

    @Override
    public Crew.Work fired(ScheduleRow schedule, FireRow fire, FireClaim claim) {
        return new Submitting(schedule, fire, claim);
    }

    @Override
    public Crew.Work resumed(ScheduleRow schedule, FireRow fire, Claim claim) {
        throw new UnsupportedOperationException("a master goes on with its runs by itself");
    }

    private final class Submitting extends Fire {
        private final FireClaim claim;

        Submitting(ScheduleRow schedule, FireRow fire, FireClaim claim) {
            super(schedule, fire, news);
            this.claim = claim;
        }

        @Override
        void drive() {
            try {
                submit();
            } catch (Problems e) {
                failed(store, claim, e);
            }
        }

        private void submit() {
            var read = FiredScript.read(given, config, schedule(), row());
            var script = read.script();
            var carried = new CarriedFiles(script.source(), read.workflow(), config);
            var made =
                    dev.sloth.cli.Submission.made(
                            read.values(), read.kept(), script.source(), carried);
            var id = Wiring.newId();
            runs.submit(
                    new Submission(
                            id,
                            read.workflow(),
                            read.values().table(),
                            script.source().file().toString(),
                            FiredScript.labels(schedule(), row()),
                            made.files(),
                            made.contents(),
                            new NewRun.Cause.Fired(claim)));
            tellStarted(id.text());
        }
    }
}
