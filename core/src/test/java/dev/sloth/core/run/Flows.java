package dev.sloth.core.run;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
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
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Short ways to say a workflow.
final class Flows {
    private Flows() {}

    /// A task, and what tests vary of it.
    record Spec(
            String name,
            List<String> needs,
            List<String> watches,
            RetryPolicy retry,
            boolean exclusive,
            boolean idempotent,
            Placement placement,
            Condition runIf,
            int priority) {
        Spec needs(String... names) {
            return new Spec(
                    name,
                    List.of(names),
                    watches,
                    retry,
                    exclusive,
                    idempotent,
                    placement,
                    runIf,
                    priority);
        }

        Spec watches(String... names) {
            return new Spec(
                    name,
                    needs,
                    List.of(names),
                    retry,
                    exclusive,
                    idempotent,
                    placement,
                    runIf,
                    priority);
        }

        Spec retry(RetryPolicy policy) {
            return new Spec(
                    name,
                    needs,
                    watches,
                    policy,
                    exclusive,
                    idempotent,
                    placement,
                    runIf,
                    priority);
        }

        Spec exclusive(boolean alone) {
            return new Spec(
                    name, needs, watches, retry, alone, idempotent, placement, runIf, priority);
        }

        Spec idempotent(boolean again) {
            return new Spec(
                    name, needs, watches, retry, exclusive, again, placement, runIf, priority);
        }

        Spec runIf(Condition condition) {
            return new Spec(
                    name,
                    needs,
                    watches,
                    retry,
                    exclusive,
                    idempotent,
                    placement,
                    condition,
                    priority);
        }

        Spec on(Placement where) {
            return new Spec(
                    name, needs, watches, retry, exclusive, idempotent, where, runIf, priority);
        }

        Spec priority(int number) {
            return new Spec(
                    name, needs, watches, retry, exclusive, idempotent, placement, runIf, number);
        }

        Task build() {
            return new Task(
                    new TaskName(name),
                    "",
                    new Action.Nothing(),
                    needs.stream().map(TaskName::new).toList(),
                    watches.stream().map(TaskName::new).toList(),
                    new DataTable(),
                    Task.TIMEOUT_DEFAULT,
                    retry,
                    runIf,
                    new Condition.None(),
                    Map.of(),
                    Workdir.TEMPORARY,
                    "",
                    Map.of(),
                    Map.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    placement,
                    idempotent,
                    exclusive,
                    "",
                    priority == 0 ? Map.of() : Map.of("priority", new Value.Num(priority)),
                    Span.NOWHERE);
        }
    }

    static Spec task(String name) {
        return new Spec(
                name,
                List.of(),
                List.of(),
                RetryPolicy.NONE,
                false,
                false,
                new Placement.Here(),
                new Condition.None(),
                0);
    }

    static RetryPolicy retries(int times, RetryPolicy.Reason... on) {
        return new RetryPolicy(
                times,
                RetryPolicy.Strategy.FIXED,
                Duration.ofSeconds(1),
                Duration.ofMinutes(5),
                0,
                on.length == 0 ? RetryPolicy.NONE.on() : Set.of(on));
    }

    static Stage stage(
            String name,
            boolean parallel,
            Condition condition,
            Stage.OnFailure onFailure,
            List<String> tasks) {
        return new Stage(
                name,
                parallel,
                condition,
                tasks.stream().map(TaskName::new).toList(),
                onFailure,
                false,
                List.of(),
                "",
                new DataTable(),
                Span.NOWHERE);
    }

    /// A stage with the defaults of a script.
    static Stage stage(String name, String... tasks) {
        return stage(name, true, new Condition.None(), Stage.OnFailure.ABORT, Arrays.asList(tasks));
    }

    static Workflow flow(Spec... tasks) {
        return flow(List.of(tasks), List.of(), false);
    }

    static Workflow flow(List<Spec> tasks, List<Stage> stages, boolean failFast) {
        return flow(tasks, stages, failFast, Duration.ZERO);
    }

    static Workflow flow(List<Spec> tasks, List<Stage> stages, boolean failFast, Duration timeout) {
        var hooks =
                Map.of(
                        WorkflowHook.ON_START, new FunctionRef("workflow flow on_start"),
                        WorkflowHook.ON_COMPLETE, new FunctionRef("workflow flow on_complete"));
        return flow(tasks, stages, failFast, timeout, hooks);
    }

    static Workflow withoutHooks(Spec... tasks) {
        return flow(List.of(tasks), List.of(), false, Duration.ZERO, Map.of());
    }

    private static Workflow flow(
            List<Spec> tasks,
            List<Stage> stages,
            boolean failFast,
            Duration timeout,
            Map<WorkflowHook, FunctionRef> hooks) {
        return new Workflow(
                "flow",
                "",
                "",
                tasks.stream().map(Spec::build).toList(),
                stages,
                0,
                failFast,
                timeout,
                hooks,
                Map.of(),
                Map.of(),
                List.of(),
                new DataTable(),
                Span.NOWHERE);
    }
}
