package dev.sloth.cli.view;

import dev.sloth.api.workflow.Stage;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The tasks that a run could not have ended sooner without: from the one that ended last, back to
/// the one among those it waited for that ended last, and so on.
public final class CriticalPath {
    private final Map<TaskName, Instant> ends;
    private final Map<TaskName, Task> tasks = new HashMap<>();
    private final Map<TaskName, TaskName> before = new HashMap<>();
    private final Map<String, TaskName> lastBeforeStage = new HashMap<>();

    private CriticalPath(Workflow workflow, Map<TaskName, Instant> ends) {
        this.ends = ends;
        workflow.tasks().forEach(task -> tasks.put(task.name(), task));
        var last = Optional.<TaskName>empty();
        for (var stage : workflow.stages()) {
            last.ifPresent(name -> lastBeforeStage.put(stage.name(), name));
            last =
                    Stream.concat(last.stream(), latest(stage.tasks().stream()).stream())
                            .max(Comparator.comparing(this::end));
            sequence(stage);
        }
    }

    /// In a sequence each task waits for the one before it.
    private void sequence(Stage stage) {
        for (int i = 1; i < stage.tasks().size() && !stage.parallel(); i++) {
            before.put(stage.tasks().get(i), stage.tasks().get(i - 1));
        }
    }

    /// @param ends when tasks ended, or until when they are known to have run; tasks that did not
    ///   run at all are not in it
    /// @return the first one first
    public static List<TaskName> of(Workflow workflow, Map<TaskName, Instant> ends) {
        return new CriticalPath(workflow, ends).path();
    }

    private List<TaskName> path() {
        var path = new ArrayList<TaskName>();
        var seen = new HashSet<TaskName>();
        var next = latest(tasks.values().stream().map(Task::name));
        while (next.isPresent() && seen.add(next.get())) {
            path.add(next.get());
            next = awaited(next.get());
        }
        return path.reversed();
    }

    private Optional<TaskName> awaited(TaskName name) {
        var task = tasks.get(name);
        if (task == null) {
            return Optional.empty();
        }
        var inStage =
                latest(
                        Stream.concat(
                                task.waitsFor().stream(),
                                Optional.ofNullable(before.get(name)).stream()));
        return inStage.isPresent()
                ? inStage
                : Optional.ofNullable(lastBeforeStage.get(task.stage()));
    }

    private Optional<TaskName> latest(Stream<TaskName> names) {
        return names.filter(ends::containsKey)
                .max(Comparator.comparing(this::end).thenComparing(TaskName::text));
    }

    private Instant end(TaskName name) {
        return ends.getOrDefault(name, Instant.MIN);
    }
}
