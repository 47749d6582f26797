package dev.sloth.cli.view;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Action;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.Placement;
import dev.sloth.api.workflow.RetryPolicy;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.Stage;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workdir;
import dev.sloth.api.workflow.Workflow;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Workflows to look at.
public final class Samples {
    private Samples() {}

    /// A task that waits for these.
    public static Task task(String name, String... after) {
        return task(name, "", RetryPolicy.NONE, after);
    }

    static Task task(String name, String stage, RetryPolicy retry, String... after) {
        return new Task(
                new TaskName(name),
                "",
                new Action.Nothing(),
                Arrays.stream(after).map(TaskName::new).toList(),
                List.of(),
                new DataTable(),
                Task.TIMEOUT_DEFAULT,
                retry,
                new Condition.None(),
                new Condition.None(),
                Map.of(),
                Workdir.TEMPORARY,
                "",
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                new Placement.Here(),
                false,
                false,
                stage,
                Map.of(),
                new Span("deploy.sloth", 3, 1));
    }

    static Stage stage(String name, boolean parallel, boolean approval, String... tasks) {
        return new Stage(
                name,
                parallel,
                new Condition.Named("previous_stage_success"),
                Arrays.stream(tasks).map(TaskName::new).toList(),
                Stage.OnFailure.ABORT,
                approval,
                approval ? List.of("ana", "bo") : List.of(),
                approval ? "canary" : "",
                new DataTable(),
                Span.NOWHERE);
    }

    /// A workflow without stages.
    public static Workflow workflow(Task... tasks) {
        return workflow(List.of(), tasks);
    }

    static Workflow workflow(List<Stage> stages, Task... tasks) {
        return new Workflow(
                "deploy",
                "Brings it out.",
                "",
                List.of(tasks),
                stages,
                4,
                false,
                Duration.ZERO,
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                new DataTable(),
                new Span("deploy.sloth", 1, 1));
    }
}
