package dev.sloth.core.run;

import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workflow;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// What of a run never changes: its submission, and what follows from the workflow alone. Tasks are
/// numbered in the order of the script.
final class RunPlan {
    private static final int[] NONE = {};

    private final RunEvent.RunSubmitted submitted;
    private final Map<TaskName, Integer> numbers = new LinkedHashMap<>();
    private final List<StagePlan> stages;
    private final int[] stageOf;
    private final int[] byTurn;
    private final int[] turnOf;
    private final int[][] neededBy;
    private final int[][] watchedBy;

    RunPlan(RunEvent.RunSubmitted submitted) {
        this.submitted = submitted;
        var tasks = submitted.workflow().tasks();
        for (var task : tasks) {
            numbers.put(task.name(), numbers.size());
        }
        stages = StagePlan.of(submitted.workflow(), numbers);
        stageOf = new int[tasks.size()];
        for (int s = 0; s < stages.size(); s++) {
            for (int task : stages.get(s).tasks()) {
                stageOf[task] = s;
            }
        }
        byTurn =
                IntStream.range(0, tasks.size())
                        .boxed()
                        .sorted(Comparator.comparingLong(task -> -priority(task)))
                        .mapToInt(task -> task)
                        .toArray();
        turnOf = new int[byTurn.length];
        for (int turn = 0; turn < byTurn.length; turn++) {
            turnOf[byTurn[turn]] = turn;
        }
        neededBy = reversed(tasks.stream().map(t -> Set.copyOf(t.dependsOn())).toList());
        watchedBy = reversed(tasks.stream().map(t -> Set.copyOf(t.runOnFailureOf())).toList());
    }

    /// In a sequence the order of the script counts, and nothing else.
    private long priority(int task) {
        boolean counts = stages.get(stageOf[task]).parallel();
        return counts && task(task).extra().get("priority") instanceof Value.Num number
                ? (long) number.value()
                : 0;
    }

    private int[][] reversed(List<Set<TaskName>> awaited) {
        var counts = new int[awaited.size()];
        awaited.forEach(set -> set.forEach(name -> counts[number(name)]++));
        var reversed = new int[awaited.size()][];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = counts[i] == 0 ? NONE : new int[counts[i]];
        }
        for (int waiting = awaited.size() - 1; waiting >= 0; waiting--) {
            for (var name : awaited.get(waiting)) {
                int from = number(name);
                reversed[from][--counts[from]] = waiting;
            }
        }
        return reversed;
    }

    RunEvent.RunSubmitted submitted() {
        return submitted;
    }

    RunId run() {
        return submitted.run();
    }

    Workflow workflow() {
        return submitted.workflow();
    }

    List<StagePlan> stages() {
        return stages;
    }

    int size() {
        return stageOf.length;
    }

    Task task(int number) {
        return workflow().tasks().get(number);
    }

    TaskName name(int number) {
        return task(number).name();
    }

    boolean knows(TaskName name) {
        return numbers.containsKey(name);
    }

    int number(TaskName name) {
        var number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException("the workflow has no task " + name);
        }
        return number;
    }

    int stageOf(int task) {
        return stageOf[task];
    }

    /// The place of a task among those that wait for a slot: by priority, then as in the script.
    int turnOf(int task) {
        return turnOf[task];
    }

    /// The task at a place.
    int atTurn(int turn) {
        return byTurn[turn];
    }

    /// The tasks that depend on this one, in the order of the script.
    int[] neededBy(int task) {
        return neededBy[task];
    }

    /// The tasks that run if this one fails, in the order of the script.
    int[] watchedBy(int task) {
        return watchedBy[task];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RunPlan p && submitted.equals(p.submitted);
    }

    @Override
    public int hashCode() {
        return submitted.hashCode();
    }
}
