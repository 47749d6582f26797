package dev.sloth.drive;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.WorkflowHook;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.run.TaskStatus;
import java.util.List;
import java.util.Locale;

/// What hooks of workflows are called with.
public final class HookArguments {
    private HookArguments() {}

    /// @param success whether the run went well so far
    /// @param soFar what became of its tasks
    public static List<Value> of(WorkflowHook hook, boolean success, RunReport soFar) {
        return switch (hook) {
            case ON_START -> List.of();
            case ON_COMPLETE -> List.of(Value.Bool.of(success), results(soFar));
        };
    }

    /// What `on_complete` gets to know of each task, by its name.
    private static DataTable results(RunReport soFar) {
        var results = new DataTable();
        for (var task : soFar.tasks()) {
            results.put(
                    task.name().text(),
                    new DataTable()
                            .with("success", task.status() == TaskStatus.SUCCEEDED)
                            .with("status", task.status().name().toLowerCase(Locale.ROOT))
                            .with("message", task.message())
                            .with("attempts", task.attempts())
                            .with("outputs", task.outputs()));
        }
        return results;
    }
}
