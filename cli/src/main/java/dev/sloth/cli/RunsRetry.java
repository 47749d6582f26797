package dev.sloth.cli;

import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.cli.view.Board;
import dev.sloth.cli.view.Format;
import dev.sloth.core.journal.RunHistory;
import dev.sloth.core.run.Reuse;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.run.RunStatus;
import dev.sloth.core.run.TaskReport;
import dev.sloth.core.run.TaskStatus;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.RunStore;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.drive.KeptRuns;
import dev.sloth.drive.KeptScript;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
        spec.addOption(Specs.format("text", "json", "yaml"));
        return Specs.withSettings(spec);
    }

    @Override
    public int run(Given given) throws InterruptedException {
        var format = given.documentFormat();
        try (var runs = Wiring.keptRuns(given.caller())) {
            var row = WhichRun.of(runs.store().runs(), given.positionals().getFirst());
            if (!row.progress().ended()) {
                throw wrong(
                        "SLOTH-4006",
                        "run %s has not ended".formatted(row.id()),
                        "`sloth-runner resume %s` goes on with it".formatted(row.id()));
            }
            return retry(given, format, runs, row);
        }
    }

    private static int retry(Given given, Format format, KeptRuns runs, RunRow row)
            throws InterruptedException {
        var config = given.layers().config();
        var store = runs.store().runs();
        var earlier = Earlier.of(new RunHistory(store, row.id()));
        var workflow = earlier.submitted().workflow();
        var reuse = new Reuse(row.id(), earlier.reused(again(given, workflow, earlier.report())));
        if (reuse.outcomes().size() == workflow.tasks().size()
                && earlier.report().status() == RunStatus.SUCCEEDED) {
            throw wrong(
                    "SLOTH-4010",
                    "run %s has succeeded: there is nothing to try again".formatted(row.id()),
                    "--from TASK runs a task and what depends on it again");
        }
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
                        earlier.submitted().values());
        var made = Submission.of(id, runs, order, row.labels(), row.files(), contents(store, row));
        boolean document = format != Format.TEXT;
        var run = new RunInProcess(given, config, new Board(workflow), document);
        var ended =
                run.execute(view -> {
                    view.note(
                            "run %s tries %s again, and takes over %d of %d tasks"
                                    .formatted(
                                            made.id(),
                                            row.id(),
                                            reuse.outcomes().size(),
                                            workflow.tasks().size()));
                    return Wiring.submitted(given.caller(), config, runs, order, made, reuse, view);
                });
        RunCommand.tell(format, run, ended, order);
        return ended.exit();
    }

    /// The tasks that are run again, whatever became of them.
    private static Set<TaskName> again(Given given, Workflow workflow, RunReport report) {
        if (given.has(FROM)) {
            return Selection.from(workflow, given.text(FROM, ""));
        }
        var failed =
                report.tasks().stream()
                        .filter(task -> task.status() != TaskStatus.SUCCEEDED)
                        .map(TaskReport::name)
                        .toList();
        return Selection.dependents(workflow, failed);
    }

    /// What the earlier run knows of itself.
    private record Earlier(RunEvent.RunSubmitted submitted, RunReport report) {
        static Earlier of(RunHistory history) {
            return new Earlier(history.submitted(), RunReport.of(history.state()));
        }

        /// Tasks that did not succeed are never taken over.
        Map<TaskName, Outcome> reused(Set<TaskName> again) {
            var outcomes = new LinkedHashMap<TaskName, Outcome>();
            for (var task : report.tasks()) {
                if (task.status() == TaskStatus.SUCCEEDED && !again.contains(task.name())) {
                    outcomes.put(
                            task.name(),
                            Outcome.succeeded(task.message(), task.outputs(), task.changed()));
                }
            }
            return outcomes;
        }
    }

    private static List<Content> contents(RunStore store, RunRow row) {
        var contents = new ArrayList<Content>();
        var known = new HashSet<String>();
        for (var file : row.files()) {
            if (file.role().holdsText() && known.add(file.content())) {
                contents.add(found(store.content(file.content()), row, file.path()));
            }
        }
        return contents;
    }

    private static Content found(Optional<Content> content, RunRow row, String path) {
        return content.orElseThrow(() -> damaged(row, "what " + path + " held"));
    }

    private static StoreFailure damaged(RunRow row, String what) {
        return new StoreFailure(
                StoreFailure.Reason.DAMAGED,
                "the store does not have of run " + row.id() + " " + what);
    }

    private static Problems wrong(String code, String message, String remedy) {
        return new Problems(new Problem(code, message, Span.NOWHERE, remedy));
    }
}
