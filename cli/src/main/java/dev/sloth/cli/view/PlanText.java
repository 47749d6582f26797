package dev.sloth.cli.view;

import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.Placement;
import dev.sloth.api.workflow.Stage;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What a run of a workflow would do, and in which order, as text.
public final class PlanText {
    private final Workflow workflow;

    public PlanText(Workflow workflow) {
        this.workflow = workflow;
    }

    /// Stages in their order, or without stages the steps in which tasks can start.
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(workflow.name() + ": " + plural(workflow.tasks().size(), "task") + policies());
        if (!workflow.description().isEmpty()) {
            lines.add("  " + workflow.description());
        }
        for (var stage : workflow.stages()) {
            lines.add("");
            lines.add("stage " + stage.name() + remarks(remarks(stage)));
            stage.tasks().forEach(name -> workflow.task(name).ifPresent(t -> lines.add(line(t))));
        }
        var free = workflow.tasks().stream().filter(task -> task.stage().isEmpty()).toList();
        steps(free).forEach((step, tasks) -> addStep(lines, step, tasks));
        return lines;
    }

    private void addStep(List<String> lines, int step, List<Task> tasks) {
        lines.add("");
        lines.add("step " + step + (tasks.size() > 1 ? " (side by side)" : ""));
        tasks.forEach(task -> lines.add(line(task)));
    }

    private String policies() {
        var said = new ArrayList<String>();
        if (workflow.maxParallelTasks() > 0) {
            said.add("at most " + workflow.maxParallelTasks() + " at once");
        }
        if (workflow.failFast()) {
            said.add("the first failure ends the run");
        }
        if (workflow.timeout().isPositive()) {
            said.add("timeout " + Took.text(workflow.timeout()));
        }
        if (!workflow.rollback().entries().isEmpty()) {
            said.add("has a rollback");
        }
        return remarks(said);
    }

    private static String remarks(List<String> said) {
        return said.isEmpty() ? "" : " (" + String.join("; ", said) + ")";
    }

    private static List<String> remarks(Stage stage) {
        var said = new ArrayList<String>();
        said.add(stage.parallel() ? "side by side" : "one after the other");
        condition("if ", stage.condition(), said);
        if (!stage.strategy().isEmpty()) {
            said.add(stage.strategy());
        }
        if (stage.approvalRequired()) {
            var who = stage.approvers();
            said.add("needs approval" + (who.isEmpty() ? "" : " of " + String.join(" or ", who)));
        }
        said.add("on failure: " + stage.onFailure().name().toLowerCase(Locale.ROOT));
        if (!stage.rollbackTrigger().entries().isEmpty()) {
            said.add("rolls back when " + fields(stage.rollbackTrigger()));
        }
        return said;
    }

    private static String fields(Value.Table table) {
        return table.entries().stream()
                .map(e -> plain(e.key()) + " " + plain(e.value()))
                .collect(Collectors.joining(", "));
    }

    private static String plain(Value value) {
        return switch (value) {
            case Value.Num n when n.whole() -> Long.toString((long) n.value());
            case Value.Num n -> Double.toString(n.value());
            case Value.Bool b -> Boolean.toString(b.truthy());
            case Value.Table t when t.length() == t.entries().size() -> items(t);
            case Value.Table t -> "{" + fields(t) + "}";
            case Value.Nil _, Value.Callable _, Value.Handle _ -> value.type();
            case dev.sloth.api.value.Text t -> t.toString();
        };
    }

    private static String items(Value.Table list) {
        return list.entries().stream()
                .map(entry -> plain(entry.value()))
                .collect(Collectors.joining(" and "));
    }

    private static String line(Task task) {
        var said = new ArrayList<String>();
        names("after ", task.dependsOn(), said);
        names("only if failed: ", task.runOnFailureOf(), said);
        condition("if ", task.runIf(), said);
        condition("aborts the run if ", task.abortIf(), said);
        if (task.retry().retries() > 0) {
            said.add(
                    plural(task.retry().retries(), "retry").replace("retrys", "retries")
                            + " "
                            + task.retry().strategy().name().toLowerCase(Locale.ROOT));
        }
        if (!task.timeout().equals(Task.TIMEOUT_DEFAULT)) {
            said.add("timeout " + Took.text(task.timeout()));
        }
        place(task.placement(), said);
        for (var field : List.of("percentage", "duration")) {
            var value = task.extra().get(field);
            if (value != null) {
                said.add(field + " " + plain(value));
            }
        }
        return "  " + task.name() + remarks(said);
    }

    private static void names(String before, Collection<TaskName> names, List<String> said) {
        if (!names.isEmpty()) {
            said.add(before + names.stream().map(TaskName::text).collect(Collectors.joining(", ")));
        }
    }

    private static void condition(String before, Condition condition, List<String> said) {
        switch (condition) {
            case Condition.None() -> {}
            case Condition.Call _ -> said.add(before + "its function says so");
            case Condition.Shell(var line) -> said.add(before + "`" + Columns.tame(line) + "`");
            case Condition.Fixed(var value) -> said.add(before + value);
            case Condition.Named(var word) -> said.add(before + word);
        }
    }

    private static void place(Placement placement, List<String> said) {
        switch (placement) {
            case Placement.Here() -> {}
            case Placement.Agents(var names) -> said.add("on " + String.join(", ", names));
            case Placement.Computed _ -> said.add("where its function says");
            case Placement.Selector(var wanted) -> said.add("on an agent with " + fields(wanted));
        }
    }

    private static String plural(int count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }

    /// Step to the tasks that can start in it: each task one step after the last it waits for.
    static Map<Integer, List<Task>> steps(List<Task> tasks) {
        var byName = new HashMap<TaskName, Task>();
        tasks.forEach(task -> byName.put(task.name(), task));
        var step = new HashMap<TaskName, Integer>();
        // Each round settles at least the tasks of one step, so the rounds end.
        for (int round = 1; round <= tasks.size() && step.size() < tasks.size(); round++) {
            var now = round;
            var ready =
                    tasks.stream()
                            .filter(t -> !step.containsKey(t.name()))
                            .filter(t ->
                                    t.waitsFor().stream()
                                            .allMatch(d ->
                                                    step.containsKey(d) || !byName.containsKey(d)))
                            .toList();
            ready.forEach(task -> step.put(task.name(), now));
        }
        var steps = new LinkedHashMap<Integer, List<Task>>();
        for (int n = 1; n <= step.values().stream().mapToInt(s -> s).max().orElse(0); n++) {
            int wanted = n;
            steps.put(
                    n,
                    tasks.stream().filter(t -> step.getOrDefault(t.name(), 0) == wanted).toList());
        }
        return steps;
    }
}
