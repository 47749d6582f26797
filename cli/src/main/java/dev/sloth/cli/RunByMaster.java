package dev.sloth.cli;

import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.cli.config.Config;
import dev.sloth.cli.view.Board;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.core.journal.SubmittedDocuments;
import dev.sloth.core.run.Refusals;
import dev.sloth.drive.KeptScript;
import dev.sloth.master.afar.Handover;
import dev.sloth.master.afar.RunsFromAfar;
import dev.sloth.wire.WireProblems;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// Hands a run over to a master, and follows it.
final class RunByMaster {
    static final String DETACH = "--detach";

    /// How often a run is handed over when no answer comes: it is one run all the same.
    private static final int TRIES = 3;

    private static final Duration TRY_PAUSE = Duration.ofMillis(500);

    private final Given given;
    private final Format format;
    private final Config config;

    RunByMaster(Given given, Format format, Config config) {
        this.given = given;
        this.format = format;
        this.config = config;
    }

    /// What the options that go with each other, or do not, come to.
    ///
    /// @throws Problems when they do not go together
    static boolean chosen(Given given, List<String> alone) {
        boolean chosen = MasterOptions.chosen(given);
        if (!chosen && given.has(DETACH)) {
            throw StateFamily.wrong(
                    DETACH + " goes with " + MasterOptions.MASTER + " only",
                    "a run of this process ends with it");
        }
        for (var option : alone) {
            if (chosen && given.has(option)) {
                throw StateFamily.wrong(
                        "%s and %s do not go together".formatted(MasterOptions.MASTER, option),
                        "leave one of them out");
            }
        }
        return chosen;
    }

    /// @return the exit code
    int run(Script script, KeptScript kept, Workflow workflow, Map<String, String> labels)
            throws InterruptedException {
        var refused = Refusals.of(workflow, true);
        if (!refused.isEmpty()) {
            throw new Problems(refused);
        }
        var carried = new CarriedFiles(script.source(), workflow, config);
        var made = Submission.made(script.values(), kept, script.source(), carried);
        var handover =
                new Handover(
                        Wiring.newId(),
                        script.source().file().toString(),
                        labels,
                        made.files(),
                        made.contents(),
                        SubmittedDocuments.of(workflow),
                        SubmittedDocuments.of(script.values().table()));
        try (var asking = RunsInSight.asking(given)) {
            return taken(
                    asking,
                    handover.run(),
                    workflow,
                    List.of(),
                    () -> {
                        boolean _ = asking.submit(handover);
                    });
        }
    }

    /// Has a run taken by a master, and follows it unless that is not wanted.
    ///
    /// @param notes what is said before all that is seen of it
    /// @param asking closed by whoever has opened it
    /// @param handing asks the master for the run, by its id
    /// @return the exit code
    int taken(
            RunsFromAfar asking, RunId run, Workflow workflow, List<String> notes, Runnable handing)
            throws InterruptedException {
        insist(handing);
        if (given.has(DETACH)) {
            tellId(run, workflow);
            return Exit.OK;
        }
        var leaving = new AtomicBoolean();
        var patience = MasterPatience.ofRun(given.caller(), leaving);
        try (var runs = RunsInSight.afar(given, asking.patiently(patience))) {
            var row = runs.run(run.text());
            return new RunFollower(given, format, config, runs, leaving)
                    .follow(row, new Board(workflow), notes);
        }
    }

    /// Whether an answer was lost or a question does not matter: the id says which run it is.
    private static void insist(Runnable handing) throws InterruptedException {
        for (int left = TRIES - 1; ; left--) {
            try {
                handing.run();
                return;
            } catch (Problems e) {
                if (left == 0 || !e.list().getFirst().code().equals(WireProblems.UNREACHABLE)) {
                    throw e;
                }
            }
            Thread.sleep(TRY_PAUSE);
        }
    }

    private void tellId(RunId run, Workflow workflow) {
        var caller = given.caller();
        if (format == Format.TEXT) {
            caller.print(List.of(run.text()));
            return;
        }
        caller.out()
                .print(
                        new Document()
                                .with("run", run)
                                .with("workflow", workflow.name())
                                .with("status", Standing.RUNNING)
                                .as(format));
    }
}
