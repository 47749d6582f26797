package dev.sloth.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RetryPolicy;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.api.workflow.WorkflowHook;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Looks at the events of one run as they come, and complains when a promise is broken. Knows
/// nothing of the engine but its events.
final class Judge {
    private final Map<TaskName, Task> tasks;
    private final int parallel;
    private final Map<TaskName, Integer> attempts = new HashMap<>();
    private final Set<AttemptId> running = new LinkedHashSet<>();
    private final Map<TaskName, RunEvent> settled = new HashMap<>();
    private final Set<TaskName> fine = new HashSet<>();
    private final Set<TaskName> failed = new HashSet<>();
    private final Map<WorkflowHook, Integer> calls = new EnumMap<>(WorkflowHook.class);
    private boolean stopping;
    private boolean ended;

    Judge(Workflow workflow, int parallel) {
        this.tasks = workflow.tasks().stream().collect(Collectors.toMap(Task::name, t -> t));
        this.parallel = parallel;
    }

    void look(RunEvent event) {
        assertThat(ended).as("nothing comes after the end, but %s did", event).isFalse();
        switch (event) {
            case RunEvent.AttemptAssigned e -> assigned(e.id());
            case RunEvent.AttemptEnded e ->
                    assertThat(running.remove(e.id())).as("%s ended but did not run", e).isTrue();
            case RunEvent.HostEnded e ->
                    assertThat(running).as("%s goes on", e.id()).contains(e.id());
            case RunEvent.TaskEnded e -> taskEnded(e);
            case RunEvent.TaskSkipped e -> taskSkipped(e);
            case RunEvent.DecisionAwaited e ->
                    assertThat(running).as("%s is being executed", e).doesNotContain(e.id());
            case RunEvent.TaskReused e -> taskReused(e);
            case RunEvent.RunStopping _ -> stopping = true;
            case RunEvent.HookCalled e -> hookCalled(e);
            case RunEvent.RunEnded _ -> ended = true;
            case RunEvent.RunSubmitted _,
                    RunEvent.HookCancelling _,
                    RunEvent.HookEnded _,
                    RunEvent.ConditionAsked _,
                    RunEvent.ConditionCancelling _,
                    RunEvent.StageStarted _,
                    RunEvent.StageStopping _,
                    RunEvent.StageSkipped _,
                    RunEvent.StageEnded _,
                    RunEvent.TaskReady _,
                    RunEvent.AttemptCancelling _,
                    RunEvent.AttemptDecided _,
                    RunEvent.RetryScheduled _ -> {}
        }
    }

    private void assigned(AttemptId id) {
        var task = task(id.task());
        assertThat(stopping).as("nothing starts in a run that stops, but %s did", id).isFalse();
        assertThat(attempts.merge(id.task(), 1, Integer::sum)).isEqualTo(id.number());
        assertThat(id.number())
                .isLessThanOrEqualTo(task.retry().retries() + 1 + RetryPolicy.UNKNOWN_MAX);
        assertThat(settled).as("%s starts after its end", id).doesNotContainKey(id.task());
        assertThat(fine)
                .as("%s starts before what it depends on", id)
                .containsAll(task.dependsOn());
        if (!task.runOnFailureOf().isEmpty()) {
            assertThat(failed).containsAnyElementsOf(task.runOnFailureOf());
        }
        assertThat(running).as("no room for %s", id).hasSizeLessThan(parallel);
        boolean alone =
                task.exclusive() || running.stream().anyMatch(other -> exclusive(other.task()));
        assertThat(running.isEmpty() || !alone).as("%s is not alone", id).isTrue();
        running.add(id);
    }

    private boolean exclusive(TaskName name) {
        return task(name).exclusive();
    }

    private Task task(TaskName name) {
        var task = tasks.get(name);
        if (task == null) {
            throw new AssertionError("the workflow has no task " + name);
        }
        return task;
    }

    private void taskEnded(RunEvent.TaskEnded e) {
        assertThat(settled.put(e.task(), e)).as("%s is the second end", e).isNull();
        assertThat(running).noneMatch(id -> id.task().equals(e.task()));
        if (e.status() == TaskStatus.SUCCEEDED || e.status() == TaskStatus.SKIPPED) {
            fine.add(e.task());
        }
        if (e.status().failed()) {
            failed.add(e.task());
        }
    }

    private void taskSkipped(RunEvent.TaskSkipped e) {
        assertThat(settled.put(e.task(), e)).as("%s is the second end", e).isNull();
        assertThat(attempts).as("%s was skipped but ran", e.task()).doesNotContainKey(e.task());
        if (e.reason() == SkipReason.CONDITION) {
            fine.add(e.task());
        }
    }

    private void taskReused(RunEvent.TaskReused e) {
        assertThat(settled.put(e.task(), e)).as("%s is the second end", e).isNull();
        assertThat(attempts).as("%s is reused but ran", e.task()).doesNotContainKey(e.task());
        fine.add(e.task());
    }

    private void hookCalled(RunEvent.HookCalled e) {
        assertThat(calls.merge(e.hook(), 1, Integer::sum)).as("calls of %s", e).isEqualTo(1);
        switch (e.hook()) {
            case ON_START -> assertThat(attempts).isEmpty();
            case ON_COMPLETE -> {
                assertThat(settled).hasSameSizeAs(tasks);
                assertThat(running).isEmpty();
            }
        }
    }

    /// A snapshot and the submission are as good as the whole journal.
    void snapshot(RunEvent first, RunState state) {
        if (first instanceof RunEvent.RunSubmitted submitted) {
            assertThat(RunEngine.restore(submitted, RunEngine.snapshot(state))).isEqualTo(state);
        }
    }

    void atTheEnd(RunState state, List<RunEvent> journal) {
        assertThat(ended).as("the run has ended").isTrue();
        assertThat(running).isEmpty();
        assertThat(settled).hasSameSizeAs(tasks);
        assertThat(calls).containsEntry(WorkflowHook.ON_COMPLETE, 1);
        assertThat(RunEngine.evolve(RunEngine.start(), journal))
                .as("the journal, read again")
                .isEqualTo(state);
    }
}
