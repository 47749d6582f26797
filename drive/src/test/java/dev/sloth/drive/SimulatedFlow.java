package dev.sloth.drive;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Action;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.api.workflow.Placement;
import dev.sloth.api.workflow.RetryPolicy;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.Stage;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workdir;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.api.workflow.WorkflowHook;
import dev.sloth.testkit.Gen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/// A workflow by chance: graphs, stages, conditions, retries, exclusive and idempotent tasks, hooks
/// and a timeout.
final class SimulatedFlow {
    /// How far back a task may look for what it depends on.
    private static final int BACK_MAX = 8;

    private final Gen gen;

    private SimulatedFlow(Gen gen) {
        this.gen = gen;
    }

    static Workflow of(Gen gen) {
        return new SimulatedFlow(gen).workflow();
    }

    private Workflow workflow() {
        var tasks = new ArrayList<Task>();
        int count = 1 + gen.below(gen.size() + 1);
        for (int i = 0; i < count; i++) {
            tasks.add(task(i));
        }
        return new Workflow(
                "flow",
                "",
                "",
                tasks,
                gen.yes() ? stages(tasks) : List.of(),
                gen.between(1, 4),
                gen.chance(20),
                gen.chance(15) ? Duration.ofMillis(1 + gen.below(20_000)) : Duration.ZERO,
                hooks(),
                Map.of(),
                Map.of(),
                List.of(),
                new DataTable(),
                Span.NOWHERE);
    }

    private Map<WorkflowHook, FunctionRef> hooks() {
        var hooks = new EnumMap<WorkflowHook, FunctionRef>(WorkflowHook.class);
        for (var hook : WorkflowHook.values()) {
            if (gen.yes()) {
                hooks.put(hook, new FunctionRef("workflow flow " + hook));
            }
        }
        return hooks;
    }

    private Task task(int own) {
        return new Task(
                new TaskName("t" + own),
                "",
                new Action.Nothing(),
                earlier(own, 25),
                gen.chance(20) ? earlier(own, 20) : List.of(),
                new DataTable(),
                Task.TIMEOUT_DEFAULT,
                policy(),
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
                gen.yes(),
                gen.chance(10),
                "",
                Map.of(),
                Span.NOWHERE);
    }

    private List<TaskName> earlier(int own, int percent) {
        var names = new ArrayList<TaskName>();
        for (int i = Math.max(0, own - BACK_MAX); i < own; i++) {
            if (gen.chance(percent)) {
                names.add(new TaskName("t" + i));
            }
        }
        return names;
    }

    private RetryPolicy policy() {
        var on = EnumSet.noneOf(RetryPolicy.Reason.class);
        for (var reason : RetryPolicy.Reason.values()) {
            if (gen.yes()) {
                on.add(reason);
            }
        }
        return new RetryPolicy(
                gen.below(4),
                gen.oneOf(List.of(RetryPolicy.Strategy.values())),
                Duration.ofMillis(gen.below(500)),
                Duration.ofMillis(gen.below(4_000)),
                gen.oneOf(0.0, 0.5, 1.0),
                on);
    }

    private List<Stage> stages(List<Task> tasks) {
        var stages = new ArrayList<Stage>();
        for (int at = gen.below(3); at < tasks.size(); ) {
            int end = Math.min(tasks.size(), at + gen.between(0, 8));
            stages.add(
                    new Stage(
                            "s" + stages.size(),
                            gen.yes(),
                            condition(),
                            tasks.subList(at, end).stream().map(Task::name).toList(),
                            gen.oneOf(Stage.OnFailure.ABORT, Stage.OnFailure.CONTINUE),
                            false,
                            List.of(),
                            "",
                            new DataTable(),
                            Span.NOWHERE));
            at = end;
        }
        return stages;
    }

    private Condition condition() {
        return gen.oneOf(
                new Condition.None(),
                new Condition.Named("previous_stage_success"),
                new Condition.Named("previous_stage_failure"),
                new Condition.Named("always"),
                new Condition.Fixed(false),
                new Condition.Shell("true"),
                new Condition.Shell("true"));
    }
}
