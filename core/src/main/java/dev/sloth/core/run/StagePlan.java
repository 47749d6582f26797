package dev.sloth.core.run;

import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.Stage;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// A stage with its tasks by number, in the order of the script.
record StagePlan(
        String name,
        boolean parallel,
        Condition condition,
        Stage.OnFailure onFailure,
        List<Integer> tasks) {
    /// The name of the stage that holds the tasks which no stage of the script names.
    static final String UNNAMED = "";

    StagePlan {
        tasks = List.copyOf(tasks);
    }

    /// All stages in order. Tasks that belong to none form one of their own before the others, so
    /// that a workflow without stages is a workflow with one.
    static List<StagePlan> of(Workflow workflow, Map<TaskName, Integer> numbers) {
        var plans = new ArrayList<StagePlan>();
        var staged = new HashSet<TaskName>();
        workflow.stages().forEach(stage -> staged.addAll(stage.tasks()));
        if (staged.size() < numbers.size()) {
            var rest = new ArrayList<Integer>();
            numbers.forEach((name, number) -> {
                if (!staged.contains(name)) {
                    rest.add(number);
                }
            });
            plans.add(unnamed(rest));
        }
        for (var stage : workflow.stages()) {
            var tasks = stage.tasks().stream().mapToInt(numbers::get).sorted();
            plans.add(
                    new StagePlan(
                            stage.name(),
                            stage.parallel(),
                            stage.condition(),
                            stage.onFailure(),
                            tasks.boxed().toList()));
        }
        return plans;
    }

    private static StagePlan unnamed(List<Integer> tasks) {
        var inOrder = tasks.toArray(Integer[]::new);
        Arrays.sort(inOrder);
        return new StagePlan(
                UNNAMED, true, new Condition.None(), Stage.OnFailure.ABORT, Arrays.asList(inOrder));
    }
}
