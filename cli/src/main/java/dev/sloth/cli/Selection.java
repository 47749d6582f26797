package dev.sloth.cli;

import dev.sloth.api.workflow.Placement;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Stage;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.core.run.Refusals;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A part of a workflow: some tasks and all that they wait for.
final class Selection {
    private Selection() {}

    /// The workflow with only these tasks and what they need; stages left without tasks go.
    ///
    /// @throws Problems when a name is not a task of the workflow
    static Workflow of(Workflow workflow, List<String> names) {
        var wanted = needed(workflow, names);
        return with(
                workflow,
                workflow.tasks().stream().filter(t -> wanted.contains(t.name())).toList(),
                workflow.stages().stream()
                        .map(stage -> narrowed(stage, wanted))
                        .filter(stage -> !stage.tasks().isEmpty())
                        .toList(),
                workflow.maxParallelTasks());
    }

    /// The workflow with at most so many tasks at once; 0 leaves it to the workflow.
    static Workflow atMost(Workflow workflow, int tasks) {
        return tasks == 0 ? workflow : with(workflow, workflow.tasks(), workflow.stages(), tasks);
    }

    /// The workflow without a limit of the time of the whole run.
    static Workflow untimed(Workflow workflow) {
        return with(
                workflow,
                workflow.tasks(),
                workflow.stages(),
                workflow.maxParallelTasks(),
                Duration.ZERO);
    }

    /// The workflow with all tasks there that name no place of their own.
    static Workflow placed(Workflow workflow, Placement there) {
        if (there instanceof Placement.Here) {
            return workflow;
        }
        var tasks =
                workflow.tasks().stream()
                        .map(task ->
                                task.placement() instanceof Placement.Here
                                        ? task.placed(there)
                                        : task)
                        .toList();
        return with(workflow, tasks, workflow.stages(), workflow.maxParallelTasks());
    }

    private static Set<TaskName> needed(Workflow workflow, List<String> names) {
        Map<TaskName, Task> byName = new HashMap<>();
        workflow.tasks().forEach(task -> byName.put(task.name(), task));
        var problems = new ArrayList<Problem>();
        var open = new ArrayDeque<TaskName>();
        for (var name : names) {
            if (!name.isBlank() && byName.containsKey(new TaskName(name))) {
                open.add(new TaskName(name));
            } else {
                problems.add(
                        Refusals.unknownTask(
                                workflow.name(), workflow.at(), names(workflow), name));
            }
        }
        if (!problems.isEmpty()) {
            throw new Problems(problems);
        }
        var needed = new HashSet<TaskName>();
        while (!open.isEmpty()) {
            var task = byName.get(open.remove());
            if (task != null && needed.add(task.name())) {
                open.addAll(task.waitsFor());
            }
        }
        return needed;
    }

    private static List<String> names(Workflow workflow) {
        return workflow.tasks().stream().map(task -> task.name().text()).toList();
    }

    private static Stage narrowed(Stage stage, Set<TaskName> wanted) {
        return new Stage(
                stage.name(),
                stage.parallel(),
                stage.condition(),
                stage.tasks().stream().filter(wanted::contains).toList(),
                stage.onFailure(),
                stage.approvalRequired(),
                stage.approvers(),
                stage.strategy(),
                stage.rollbackTrigger(),
                stage.at());
    }

    private static Workflow with(
            Workflow whole, List<Task> tasks, List<Stage> stages, int maxParallel) {
        return with(whole, tasks, stages, maxParallel, whole.timeout());
    }

    private static Workflow with(
            Workflow whole,
            List<Task> tasks,
            List<Stage> stages,
            int maxParallel,
            Duration timeout) {
        return new Workflow(
                whole.name(),
                whole.description(),
                whole.version(),
                tasks,
                stages,
                maxParallel,
                whole.failFast(),
                timeout,
                whole.hooks(),
                whole.permissions(),
                whole.secrets(),
                whole.files(),
                whole.rollback(),
                whole.at());
    }
}
