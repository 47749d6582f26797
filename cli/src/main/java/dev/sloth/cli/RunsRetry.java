package dev.sloth.cli;

import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.cli.view.Board;
import dev.sloth.cli.view.Format;
import dev.sloth.core.journal.EarlierRun;
import dev.sloth.core.run.Reuse;
import dev.sloth.core.store.RunRow;
import dev.sloth.drive.Adoption;
import dev.sloth.drive.KeptRuns;
import dev.sloth.drive.KeptScript;
import java.util.List;

/// `runs retry`: a new run of what an earlier one was made of, which takes over what that one has
/// done already.
final class RunsRetry implements Command {
    private static final String FROM = "--from";

    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "retry",
                        "Runs again what did not succeed in a run that has ended.",
                        "",
                        "It is a new run, with the script, the values and the labels of the earlier"
                                + " one. Tasks that succeeded there are not run again: their outputs"
                                + " and artifacts are taken over.");
        spec.addPositional(Specs.positionals("RUN", 1, 1, RunsCommand.RUN));
        spec.addOption(
                Specs.text(
                        "TASK",
                        "Runs this task again and all that depend on it, even if they succeeded.",
                        FROM));
        MasterOptions.add(
                spec,
                "A run of this master, which does it again, instead of one that is kept here.");
        spec.addOption(
                Specs.flag("With --master: prints the id and does not wait.", RunByMaster.DETACH));
        spec.addOption(Specs.format("text", "json", "yaml"));
        return Specs.withSettings(spec);
    }

    @Override
    public int run(Given given) throws InterruptedException {
        var format = given.documentFormat();
        if (RunByMaster.chosen(given, List.of())) {
            return afar(given, format);
        }
        try (var runs = Wiring.keptRuns(given.caller())) {
            var row = WhichRun.of(runs.store().runs(), given.positionals().getFirst());
            return retry(given, format, runs, row);
        }
    }

    private static int retry(Given given, Format format, KeptRuns runs, RunRow row)
            throws InterruptedException {
        var config = given.layers().config();
        var store = runs.store().runs();
        var earlier =
                EarlierRun.of(
                        store, row, "`sloth-runner resume %s` goes on with it".formatted(row.id()));
        var workflow = earlier.workflow();
        var reuse = reuse(given, earlier);
        earlier.assureTexts(store);
        new Adoption(runs.store().artifacts(), reuse).assure();
        var kept = KeptScript.submitted(store, row);
        var id = Wiring.newId();
        var project = kept.source().project();
        var order =
                new Wiring.Order(
                        Wiring.scripts(config),
                        kept.source(),
                        kept.script(),
                        workflow,
                        new DeclaredSecrets(given, config, workflow, project).forNew(id),
                        earlier.values());
        var made = Submission.of(id, runs, order, row.labels(), row.files(), List.of());
        boolean document = format != Format.TEXT;
        var run = new RunInProcess(given, config, new Board(workflow), document);
        var ended =
                run.execute(view -> {
                    view.note(note(id, reuse, workflow));
                    return Wiring.submitted(given.caller(), config, runs, order, made, reuse, view);
                });
        RunCommand.tell(format, run, ended, order);
        return ended.exit();
    }

    private static Reuse reuse(Given given, EarlierRun earlier) {
        return given.has(FROM) ? earlier.from(given.text(FROM, "")) : earlier.rest();
    }

    private static String note(RunId run, Reuse reuse, Workflow workflow) {
        return "run %s tries %s again, and takes over %d of %d tasks"
                .formatted(run, reuse.from(), reuse.outcomes().size(), workflow.tasks().size());
    }

    /// What is wrong is told as it is of a run that is kept here; the master decides by itself what
    /// the new run takes over.
    private static int afar(Given given, Format format) throws InterruptedException {
        try (var asking = RunsInSight.asking(given);
                var runs = RunsInSight.afar(given, asking)) {
            var row = runs.run(given.positionals().getFirst());
            var earlier =
                    EarlierRun.of(
                            runs.runs(),
                            row,
                            "%s follows it, %s ends it"
                                    .formatted(
                                            runs.command("attach " + row.id()),
                                            runs.command("runs cancel " + row.id())));
            var reuse = reuse(given, earlier);
            var id = Wiring.newId();
            return new RunByMaster(given, format, given.layers().config())
                    .taken(
                            asking,
                            id,
                            earlier.workflow(),
                            List.of(note(id, reuse, earlier.workflow())),
                            () -> {
                                boolean _ = asking.retry(id, row.id(), given.text(FROM, ""));
                            });
        }
    }
}
