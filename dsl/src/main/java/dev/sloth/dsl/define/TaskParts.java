package dev.sloth.dsl.define;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Action;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.api.workflow.Placement;
import dev.sloth.api.workflow.RetryPolicy;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.TaskHook;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workdir;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What was read of a task so far.
final class TaskParts {
    String description = "";
    Action action = new Action.Nothing();
    String shell = "";
    List<String> dependsOn = List.of();
    List<String> nextIfFail = List.of();
    final List<TaskName> runOnFailureOf = new ArrayList<>();
    Value.Table params = new DataTable();
    Duration timeout = Task.TIMEOUT_DEFAULT;
    RetryPolicy retry = RetryPolicy.NONE;
    Condition runIf = new Condition.None();
    Condition abortIf = new Condition.None();
    final Map<TaskHook, FunctionRef> hooks = new EnumMap<>(TaskHook.class);
    String workdir = "";
    Workdir.Cleanup cleanup = Workdir.Cleanup.ON_SUCCESS;
    boolean cleanupGiven;
    String user = "";
    Map<String, String> environment = Map.of();
    Map<String, String> secretEnvironment = Map.of();
    List<String> artifacts = List.of();
    List<String> consumes = List.of();
    List<String> outputs = List.of();
    Placement placement = new Placement.Here();
    boolean idempotent;
    boolean exclusive;
    final Map<String, Value> extra = new LinkedHashMap<>();

    void retryOn(Set<RetryPolicy.Reason> reasons) {
        retry =
                new RetryPolicy(
                        retry.retries(),
                        retry.strategy(),
                        retry.delay(),
                        retry.delayMax(),
                        retry.jitter(),
                        reasons);
    }

    /// The action, with the shell that was asked for; `shell` alone is the command itself.
    private Action complete() {
        return switch (action) {
            case Action.Shell line when line.shell().isEmpty() ->
                    new Action.Shell(line.line(), shell);
            case Action.Nothing _ when !shell.isEmpty() -> new Action.Shell(shell, "");
            case Action.Shell _, Action.Nothing _, Action.Call _, Action.Argv _ -> action;
        };
    }

    boolean idle() {
        return complete() instanceof Action.Nothing;
    }

    Task build(TaskName name, String stage, Span at) {
        return new Task(
                name,
                description,
                complete(),
                dependsOn.stream().map(TaskName::new).toList(),
                List.copyOf(runOnFailureOf),
                params,
                timeout,
                retry,
                runIf,
                abortIf,
                hooks,
                new Workdir(workdir, cleanup),
                user,
                environment,
                secretEnvironment,
                artifacts,
                consumes,
                outputs,
                placement,
                idempotent,
                exclusive,
                stage,
                extra,
                at);
    }
}
