package dev.sloth.master.run;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Action;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.Placement;
import dev.sloth.api.workflow.RetryPolicy;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workdir;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.RunFile;
import dev.sloth.core.store.RunRow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A command that agents are to do, as a run: a workflow of one task that is delegated to them all.
///
/// @param id of the run
/// @param agents their names
/// @param action what each of them is to do
/// @param timeout of each
/// @param labels what the run is filed under besides
public record CommandRun(
        RunId id,
        List<String> agents,
        Action action,
        Duration timeout,
        Map<String, String> labels) {
    /// What its workflow and its task are called.
    public static final String NAME = "exec";

    private static final Workdir FRESH = new Workdir("", Workdir.Cleanup.ALWAYS);

    /// Runs have scripts, which agents ask for; this one has nothing to say.
    private static final String FOLDER = "/exec";

    private static final String SCRIPT = FOLDER + "/exec.sloth";
    private static final String TEXT = "-- a command that agents were asked to do\n";

    public CommandRun {
        agents = List.copyOf(agents);
        labels = Map.copyOf(labels);
    }

    /// Whether a run is a command that agents were asked to do.
    public static boolean is(RunRow row) {
        return row.files().contains(script());
    }

    private static RunFile script() {
        return new RunFile(RunFile.Role.SCRIPT, SCRIPT, text().sha256());
    }

    private static Content text() {
        return Content.of(TEXT.getBytes(StandardCharsets.UTF_8));
    }

    /// As what is submitted.
    public Submission submission() {
        return new Submission(
                id,
                workflow(),
                new DataTable(),
                SCRIPT,
                labels,
                List.of(new RunFile(RunFile.Role.PROJECT, FOLDER, ""), script()),
                List.of(text()),
                NewRun.Cause.Asked.UNSEEN);
    }

    private Workflow workflow() {
        return new Workflow(
                NAME,
                "",
                "",
                List.of(task()),
                List.of(),
                1,
                false,
                Duration.ZERO,
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                new DataTable(),
                Span.NOWHERE);
    }

    private Task task() {
        return new Task(
                new TaskName(NAME),
                "",
                action,
                List.of(),
                List.of(),
                new DataTable(),
                timeout,
                RetryPolicy.NONE,
                new Condition.None(),
                new Condition.None(),
                Map.of(),
                FRESH,
                "",
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                new Placement.Agents(agents),
                false,
                false,
                "",
                Map.of(),
                Span.NOWHERE);
    }
}
