package dev.sloth.cli;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.cli.view.Format;
import dev.sloth.core.journal.RunHistory;
import dev.sloth.core.run.Refusals;
import dev.sloth.core.run.TaskStatus;
import dev.sloth.core.store.RunRow;
import dev.sloth.master.afar.Place;
import java.util.List;
import java.util.Set;

/// `runs explain`: why a task is where it is, or what it waits for.
final class RunsExplain implements Command {
    private static final Set<TaskStatus> GOING_ON =
            Set.of(TaskStatus.RUNNING, TaskStatus.CANCELLING);

    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "explain",
                        "Says why a task is where it is, or what it waits for.",
                        "",
                        "For each attempt it tells which agents have done it, why those, and how it"
                                + " ended on each. Of one that waits for an agent it tells which"
                                + " agents were looked at, and why none of them has it.");
        spec.addPositional(
                Specs.positionals("RUN TASK", 2, 2, RunsCommand.RUN + " Then the task's name."));
        MasterOptions.addChoice(spec);
        spec.addOption(Specs.format("text", "json", "yaml"));
        return Specs.withSettings(spec);
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        try (var runs = RunsInSight.of(given)) {
            var row = runs.run(given.positionals().getFirst());
            var explanation = explanation(runs, row, given.positionals().getLast());
            if (format == Format.TEXT) {
                given.caller().print(explanation.lines());
            } else {
                given.caller().out().print(explanation.document().as(format));
            }
        }
        return Exit.OK;
    }

    private static Explanation explanation(RunsInSight runs, RunRow row, String word) {
        var known = new TaskStory(named(word));
        var _ = new RunHistory(runs.runs(), row.id()).replayed((_, event) -> known.take(event));
        var report = known.report();
        var task = report.task(named(word)).orElseThrow(() -> unknown(row, word, known.tasks()));
        List<Place> places =
                GOING_ON.contains(task.status())
                        ? runs.places(new AttemptId(row.id(), task.name(), task.attempts()))
                        : List.of();
        return new Explanation(row, known, task, runs.vantage(row.id()), places);
    }

    private static TaskName named(String word) {
        if (word.isBlank()) {
            throw StateFamily.wrong("a task has a name", "give it behind the run");
        }
        return new TaskName(word);
    }

    private static Problems unknown(RunRow row, String word, List<String> tasks) {
        return new Problems(Refusals.unknownTask(row.workflow(), Span.NOWHERE, tasks, word));
    }
}
