package dev.sloth.core.run;

import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.Nearest;
import dev.sloth.api.workflow.Placement;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.Stage;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.core.select.Selection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// What a workflow may say but this build cannot do: refused before anything runs, rather than left
/// out in silence.
public final class Refusals {
    private static final String DELEGATION = "SLOTH-3001";
    private static final String APPROVAL = "SLOTH-3002";
    private static final String CANARY = "SLOTH-3003";
    private static final String ROLLBACK = "SLOTH-3004";
    private static final String CONDITION_WORD = "SLOTH-3005";
    private static final String LATER_STAGE = "SLOTH-3006";
    private static final String UNKNOWN_TASK = "SLOTH-9020";

    private final List<Problem> problems = new ArrayList<>();

    private final boolean agents;

    private Refusals(boolean agents) {
        this.agents = agents;
    }

    /// All of them; none when the workflow can run.
    ///
    /// @param agents whether there are agents to which tasks can be delegated
    public static List<Problem> of(Workflow workflow, boolean agents) {
        var refusals = new Refusals(agents);
        workflow.tasks().forEach(refusals::task);
        workflow.stages().forEach(refusals::stage);
        refusals.order(workflow);
        if (!workflow.rollback().entries().isEmpty()) {
            refusals.problems.add(rollback("workflow " + workflow.name(), workflow.at()));
        }
        return List.copyOf(refusals.problems);
    }

    /// That a workflow has no task of this name, but others.
    ///
    /// @param at where the workflow is
    public static Problem unknownTask(String workflow, Span at, List<String> names, String name) {
        return new Problem(
                UNKNOWN_TASK,
                "the workflow " + workflow + " has no task '" + name + "'",
                at,
                Nearest.hint(name, names, "`sloth-runner plan` shows its tasks"));
    }

    /// What is wrong with how its tasks select agents.
    public static List<Problem> selectors(Workflow workflow) {
        var refusals = new Refusals(true);
        workflow.tasks().forEach(refusals::place);
        return List.copyOf(refusals.problems);
    }

    private void place(Task task) {
        if (!(task.placement() instanceof Placement.Selector(var wanted))) {
            return;
        }
        try {
            var _ = Selection.of(wanted);
        } catch (Problems e) {
            for (var problem : e.list()) {
                problems.add(
                        new Problem(
                                problem.code(),
                                "task %s: %s".formatted(task.name(), problem.message()),
                                task.at(),
                                problem.remedy()));
            }
        }
    }

    private void task(Task task) {
        place(task);
        if (!agents && !(task.placement() instanceof Placement.Here)) {
            problems.add(
                    new Problem(
                            DELEGATION,
                            "task %s is delegated, which needs a master".formatted(task.name()),
                            task.at(),
                            "Give --master to `run`, or remove `delegate_to` or `agent_selector` to"
                                    + " run it here."));
        }
        word(task, task.runIf());
        word(task, task.abortIf());
    }

    /// The words that we know speak of stages.
    private void word(Task task, Condition condition) {
        if (condition instanceof Condition.Named(var word)) {
            problems.add(
                    new Problem(
                            CONDITION_WORD,
                            "task %s has the condition \"%s\", which means nothing to us"
                                    .formatted(task.name(), word),
                            task.at(),
                            "Give a function, or a line for a shell."));
        }
    }

    private void stage(Stage stage) {
        var who = "stage " + stage.name();
        if (stage.approvalRequired()) {
            problems.add(
                    new Problem(
                            APPROVAL,
                            who + " requires an approval, which needs a master",
                            stage.at(),
                            "Remove `approval_required` to run it here."));
        }
        if (!stage.strategy().isEmpty()) {
            problems.add(
                    new Problem(
                            CANARY,
                            "%s has the strategy \"%s\", which needs a master"
                                    .formatted(who, stage.strategy()),
                            stage.at(),
                            "Remove `strategy` to run it here."));
        }
        if (stage.onFailure() == Stage.OnFailure.ROLLBACK
                || !stage.rollbackTrigger().entries().isEmpty()) {
            problems.add(rollback(who, stage.at()));
        }
        if (stage.condition() instanceof Condition.Named(var word) && !StageWord.knows(word)) {
            problems.add(
                    new Problem(
                            CONDITION_WORD,
                            "%s has the condition \"%s\", which means nothing to us"
                                    .formatted(who, word),
                            stage.at(),
                            "Known are previous_stage_success, previous_stage_failure and"
                                    + " always."));
        }
    }

    private static Problem rollback(String who, Span at) {
        return new Problem(
                ROLLBACK,
                who + " asks for a rollback, which needs a master",
                at,
                "Undo in a stage with the condition \"previous_stage_failure\".");
    }

    /// A task that waits for one of a later stage would wait for ever.
    private void order(Workflow workflow) {
        var stageOf = new HashMap<TaskName, Integer>();
        for (int s = 0; s < workflow.stages().size(); s++) {
            for (var name : workflow.stages().get(s).tasks()) {
                stageOf.put(name, s);
            }
        }
        for (var task : workflow.tasks()) {
            int own = stageOf.getOrDefault(task.name(), -1);
            for (var awaited : task.waitsFor()) {
                if (stageOf.getOrDefault(awaited, -1) > own) {
                    problems.add(
                            new Problem(
                                    LATER_STAGE,
                                    "task %s waits for %s, which belongs to a later stage"
                                            .formatted(task.name(), awaited),
                                    task.at(),
                                    "Move one of them to the stage of the other."));
                }
            }
        }
    }
}
