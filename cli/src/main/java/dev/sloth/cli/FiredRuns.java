package dev.sloth.cli;

import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.TimeText;
import dev.sloth.cli.config.Config;
import dev.sloth.cli.serve.Crew;
import dev.sloth.cli.serve.Launcher;
import dev.sloth.cli.view.Visible;
import dev.sloth.core.run.Reuse;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.FireClaim;
import dev.sloth.core.store.FireRow;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.ScheduleRow;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.drive.KeptRuns;
import java.util.Locale;
import java.util.Optional;

/// Makes the runs of fires, and drives them without anybody who watches.
final class FiredRuns implements Launcher {
    private final Given given;
    private final Config config;
    private final KeptRuns runs;
    private final ServeNews news;

    FiredRuns(Given given, Config config, KeptRuns runs, ServeNews news) {
        this.given = given;
        this.config = config;
        this.runs = runs;
        this.news = news;
    }

    @Override
    public boolean resumes() {
        return true;
    }

    @Override
    public Crew.Work fired(ScheduleRow schedule, FireRow fire, FireClaim claim) {
        return new Fresh(schedule, fire, claim);
    }

    @Override
    public Crew.Work resumed(ScheduleRow schedule, FireRow fire, Claim claim) {
        return new Resumed(schedule, fire, claim);
    }

    /// What both have in common.
    private abstract class Driven extends Fire {
        private Optional<RunParts> parts = Optional.empty();

        Driven(ScheduleRow schedule, FireRow fire) {
            super(schedule, fire, news);
        }

        void finish(RunParts run) throws InterruptedException {
            try (run) {
                begin(run);
                ended(run.drive().report());
            }
        }

        private synchronized void begin(RunParts run) {
            parts = Optional.of(run);
            if (isCancelled()) {
                ask(run);
            }
        }

        @Override
        public synchronized void cancel() {
            super.cancel();
            parts.ifPresent(this::ask);
        }

        private void ask(RunParts run) {
            if (!run.run().cancel("sloth-runner serve is ending")) {
                // So much waits to be looked at that there is no room for this; interrupting is
                // what a second request would do.
                run.processes().killAll();
            }
        }

        private void ended(RunReport report) {
            var status = report.status().name().toLowerCase(Locale.ROOT);
            var message = report.message().isEmpty() ? "" : ": " + Visible.of(report.message());
            tell(
                    about("ended", report.run().text())
                            .with("status", status)
                            .with("message", report.message()),
                    "%s %s%s".formatted(report.run(), status, message));
        }
    }

    private final class Fresh extends Driven {
        private final FireClaim claim;

        Fresh(ScheduleRow schedule, FireRow fire, FireClaim claim) {
            super(schedule, fire);
            this.claim = claim;
        }

        @Override
        void drive() throws InterruptedException {
            RunParts run;
            try {
                run = submitted();
            } catch (Problems e) {
                failed(runs.store(), claim, e);
                return;
            }
            finish(run);
        }

        private RunParts submitted() throws InterruptedException {
            var read = FiredScript.read(given, config, schedule(), row());
            var script = read.script();
            var workflow = read.workflow();
            var project = script.source().project();
            var id = Wiring.newId();
            var order =
                    new Wiring.Order(
                            script.reader(),
                            script.source(),
                            read.kept(),
                            workflow,
                            new DeclaredSecrets(given, config, workflow, project).forNew(id),
                            read.values().table());
            var labels = FiredScript.labels(schedule(), row());
            var made =
                    Submission.of(id, read.values(), runs, order, labels)
                            .causedBy(new NewRun.Cause.Fired(claim));
            var run =
                    Wiring.submitted(
                            given.caller(),
                            config,
                            runs,
                            order,
                            made,
                            Reuse.NOTHING,
                            ServedView.SILENT);
            tellStarted(made.id().text());
            return run;
        }
    }

    private final class Resumed extends Driven {
        private final Claim claim;

        Resumed(ScheduleRow schedule, FireRow fire, Claim claim) {
            super(schedule, fire);
            this.claim = claim;
        }

        @Override
        void drive() throws InterruptedException {
            RunParts run;
            try {
                run = Resuming.unwatched(given, config, runs, claim, ServedView.SILENT);
            } catch (StoreFailure e) {
                runs.leave(claim);
                throw e;
            }
            tell(
                    about("resumed", claim.run().text()),
                    "%s goes on, for %s".formatted(claim.run(), TimeText.of(row().at())));
            finish(run);
        }
    }
}
