package dev.sloth.cli;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.cli.config.Config;
import dev.sloth.cli.serve.Crew;
import dev.sloth.cli.serve.Launcher;
import dev.sloth.core.run.Reuse;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.schedule.Definition;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.FireClaim;
import dev.sloth.core.store.FireRow;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.ScheduleRow;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.drive.KeptRuns;
import dev.sloth.drive.KeptScript;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Makes the runs of fires, and drives them without anybody who watches.
final class FiredRuns implements Launcher {
    /// How long to wait before a fire is tried again, when the store does not work just now.
    private static final Duration FAULT_PAUSE = Duration.ofSeconds(5);

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
    public Crew.Work fired(ScheduleRow schedule, FireRow fire, FireClaim claim) {
        return new Fresh(schedule, fire, claim);
    }

    @Override
    public Crew.Work resumed(ScheduleRow schedule, FireRow fire, Claim claim) {
        return new Resumed(schedule, fire, claim);
    }

    /// What both have in common.
    private abstract class Driven implements Crew.Work {
        final ScheduleRow schedule;
        final FireRow fire;
        private final CountDownLatch cancelled = new CountDownLatch(1);
        private Optional<RunParts> parts = Optional.empty();

        Driven(ScheduleRow schedule, FireRow fire) {
            this.schedule = schedule;
            this.fire = fire;
        }

        abstract void drive() throws InterruptedException;

        @Override
        public void run() throws InterruptedException {
            try {
                drive();
            } catch (StoreFailure e) {
                if (e.reason() != StoreFailure.Reason.FENCED) {
                    trouble(StoreProblems.problem(e));
                }
            } catch (Problems e) {
                trouble(e.list().getFirst());
            }
        }

        /// Then it is tried again after a while; when that is over sooner, this process is ending.
        private void trouble(Problem problem) throws InterruptedException {
            news.tell(
                    news.event("trouble")
                            .with("schedule", schedule.name())
                            .with("problem", problem),
                    "schedule %s: %s".formatted(schedule.name(), problem));
            boolean _ = cancelled.await(FAULT_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }

        void finish(RunParts run) throws InterruptedException {
            try (run) {
                begin(run);
                ended(run.drive().report());
            }
        }

        private synchronized void begin(RunParts run) {
            parts = Optional.of(run);
            if (cancelled.getCount() == 0) {
                ask(run);
            }
        }

        @Override
        public synchronized void cancel() {
            cancelled.countDown();
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
            var message = report.message().isEmpty() ? "" : ": " + report.message();
            news.tell(
                    about("ended", report.run().text())
                            .with("status", status)
                            .with("message", report.message()),
                    "%s  %s %s%s".formatted(schedule.name(), report.run(), status, message));
        }

        dev.sloth.cli.view.Document about(String event, String run) {
            return news.event(event)
                    .with("schedule", schedule.name())
                    .with("at", fire.at().toString())
                    .with("run", run);
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
                failed(e);
                return;
            }
            finish(run);
        }

        private RunParts submitted() throws InterruptedException {
            var words = ScheduleWords.of(Definition.parse(schedule.definition()));
            var values =
                    RunValues.read(words.values(), words.variables(), given.caller().folder())
                            .over(occasion());
            var kept = KeptScript.fresh();
            var reading = new Script.Reading(kept.files(), given.caller().err());
            var script = Script.read(words.script(), reading, values, config, given);
            var target = new Target(words.script(), words.script().toString(), words.workflow());
            var workflow =
                    Selection.atMost(
                            target.among(script.definition().workflows()), config.maxParallel());
            var id = Wiring.newId();
            var project = script.source().project();
            var order =
                    new Wiring.Order(
                            script.reader(),
                            script.source(),
                            kept,
                            workflow,
                            new DeclaredSecrets(given, config, workflow, project).forNew(id),
                            values.table());
            var made =
                    Submission.of(id, values, runs, order, labels())
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
            news.tell(
                    about("started", made.id().text()),
                    "%s  %s started, for %s".formatted(schedule.name(), made.id(), fire.at()));
            return run;
        }

        /// What a script may want to know of why it runs.
        private DataTable occasion() {
            return new DataTable()
                    .with(
                            "schedule",
                            new DataTable()
                                    .with("name", schedule.name())
                                    .with("time", fire.at().toString())
                                    .with("epoch", fire.at().toEpochMilli() / 1e3));
        }

        private Map<String, String> labels() {
            return Map.of("schedule", schedule.name(), "fire", fire.at().toString());
        }

        private void failed(Problems problems) {
            var why =
                    problems.list().stream()
                            .map(Problem::toString)
                            .collect(Collectors.joining("; "));
            runs.store().schedules().fail(claim, why);
            news.tell(
                    about("failed", "").with("message", why),
                    "%s  cannot start, for %s: %s".formatted(schedule.name(), fire.at(), why));
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
            news.tell(
                    about("resumed", claim.run().text()),
                    "%s  %s goes on, for %s".formatted(schedule.name(), claim.run(), fire.at()));
            finish(run);
        }
    }
}
