package dev.sloth.cli.view;

import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Problem;
import dev.sloth.cli.view.TaskView.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What is told of a run when it is over: a table of its tasks, and for each failure everything
/// that helps to understand it.
public final class RunSummary {
    private final String workflow;
    private final String run;
    private final String status;
    private final String message;
    private final Duration took;
    private final List<TaskView> tasks;

    /// @param status such as `succeeded`
    /// @param message why, if there is more to say than the tasks do
    public RunSummary(
            String workflow,
            String run,
            String status,
            String message,
            Duration took,
            List<TaskView> tasks) {
        this.workflow = workflow;
        this.run = run;
        this.status = status;
        this.message = message;
        this.took = took;
        this.tasks = List.copyOf(tasks);
    }

    /// For people. `width` 0 means that lines are never cut.
    public List<String> text(int width, ErrorText errors, Style style) {
        var lines = new ArrayList<String>();
        if (!tasks.isEmpty()) {
            lines.addAll(table().lines(width));
        }
        for (var task : tasks) {
            if (task.phase().bad()) {
                lines.add("");
                lines.addAll(failure(task, errors, style));
            }
        }
        if (!lines.isEmpty()) {
            lines.add("");
        }
        lines.add(summary(style));
        return lines;
    }

    private TextTable table() {
        var table = new TextTable("TASK", "STATUS", "ATTEMPTS", "DURATION", "MESSAGE");
        for (var task : tasks) {
            table.row(
                    task.name(),
                    task.phase().word(),
                    Integer.toString(task.attempt()),
                    task.attempt() == 0 ? "-" : Took.text(task.took()),
                    task.message());
        }
        return table;
    }

    private static List<String> failure(TaskView task, ErrorText errors, Style style) {
        var failure = task.outcome().failure();
        var at = failure.at().toString().isEmpty() ? task.task().at() : failure.at();
        var head = "task " + task.name() + " " + words(task.phase());
        var message = task.message().isEmpty() ? "" : ": " + task.message();
        var lines = new ArrayList<>(errors.raised(head + message, at, failure.traceback()));
        Remedies.of(task.message())
                .ifPresent(remedy -> lines.add("  " + style.cyan("help:") + " " + remedy));
        if (!task.tail().isEmpty()) {
            lines.add("  " + style.faint("last lines of its output:"));
            task.tail().forEach(line -> lines.add("    " + Columns.tame(line)));
        }
        return lines;
    }

    private static String words(Phase phase) {
        return switch (phase) {
            case TIMED_OUT -> "timed out";
            case UNKNOWN -> "ended in a way nobody can tell";
            case ABORTED -> "aborted the run";
            case UNDECIDED -> "waits for a decision";
            case WAITING, RUNNING, RETRYING, APPROVAL, SUCCEEDED, FAILED, CANCELLED, SKIPPED ->
                    phase.word();
        };
    }

    private String summary(Style style) {
        var text =
                "%s: %s, %s, %s"
                        .formatted(workflow, status, LiveView.counts(tasks), Took.text(took));
        // A failed task was told of above, with more than this.
        boolean told = tasks.stream().anyMatch(task -> task.phase().bad());
        var why = message.isEmpty() || told ? "" : ": " + Visible.of(message);
        return style.bold(status.equals("succeeded") ? style.green(text) : style.red(text)) + why;
    }

    /// For programs; `docs/cli.md` describes the fields.
    public Document document(Document outputs) {
        return new Document()
                .with("run", run)
                .with("workflow", workflow)
                .with("status", status)
                .with("message", message)
                .with("seconds", took.toMillis() / 1_000.0)
                .with("tasks", tasks.stream().map(RunSummary::document).toList())
                .with("outputs", outputs);
    }

    private static Document document(TaskView task) {
        var failure = task.outcome().failure();
        var document =
                new Document()
                        .with("name", task.name())
                        .with("stage", task.task().stage())
                        .with("status", task.phase().word())
                        .with("attempts", task.attempt())
                        .with("seconds", task.took().toMillis() / 1_000.0)
                        .with("message", task.message())
                        .with("changed", changed(task.outcome(), task))
                        .with("outputs", task.outcome().outputs());
        if (task.phase().bad()) {
            document.with("at", Document.of(failure.at()))
                    .with("traceback", failure.traceback())
                    .with("last_lines", task.tail());
            Remedies.of(task.message()).ifPresent(remedy -> document.with("remedy", remedy));
        }
        return document;
    }

    private static boolean changed(Outcome outcome, TaskView task) {
        return task.phase() == Phase.SUCCEEDED && outcome.changed();
    }

    /// Input that cannot be used, for programs.
    public static Document invalid(List<Problem> problems) {
        return new Document()
                .with("status", "invalid")
                .with("problems", problems.stream().map(Document::of).toList());
    }
}
