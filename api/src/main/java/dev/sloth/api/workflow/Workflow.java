package dev.sloth.api.workflow;

import dev.sloth.api.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a script defines: tasks with their dependencies, stages, policies. All forms of the DSL
/// become this one value.
///
/// @param tasks in the order of the script; those of stages too
/// @param stages empty when the workflow has none
/// @param maxParallelTasks 0 means as many as there are processors
/// @param failFast whether the first failed task cancels what still runs
/// @param timeout of the whole run; zero means none
/// @param permissions what the script may do, by name (`exec fs net secrets`); absent means yes
/// @param secrets what the script may read: the name that it uses, and what that stands for, which
///   is the name of a secret or a place in somebody else's keeper of secrets
/// @param files those that its tasks find below the script's folder on whatever machine they are:
///   paths and globs below that folder
/// @param rollback the block as written, empty table when absent
public record Workflow(
        String name,
        String description,
        String version,
        List<Task> tasks,
        List<Stage> stages,
        int maxParallelTasks,
        boolean failFast,
        Duration timeout,
        Map<WorkflowHook, FunctionRef> hooks,
        Map<String, Boolean> permissions,
        Map<String, String> secrets,
        List<String> files,
        Value.Table rollback,
        Span at) {

    /// How many tasks one run may have.
    public static final int TASKS_MAX = 1_000_000;

    public Workflow {
        tasks = List.copyOf(tasks);
        stages = List.copyOf(stages);
        hooks = Map.copyOf(hooks);
        permissions = Map.copyOf(permissions);
        secrets = Map.copyOf(secrets);
        files = List.copyOf(files);
    }

    public Optional<Task> task(TaskName wanted) {
        return tasks.stream().filter(task -> task.name().equals(wanted)).findFirst();
    }
}
