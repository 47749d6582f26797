package dev.sloth.dsl.define;

import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.Stage;
import dev.sloth.api.workflow.TaskName;
import java.util.List;

/// What was read of a stage so far.
final class StageParts {
    private static final List<String> STRATEGIES = List.of("canary");

    boolean parallel;
    Condition condition = new Condition.None();
    Stage.OnFailure onFailure = Stage.OnFailure.ABORT;
    boolean approvalRequired;
    List<String> approvers = List.of();
    String strategy = "";
    Value.Table rollbackTrigger = new DataTable();

    static Fields<StageParts> fields() {
        return new Fields<StageParts>()
                .one("description", Type.STRING, "What the stage is for.", (r, p) -> r.text())
                .one("tasks", Type.TABLE, "The tasks of the stage.", (r, p) -> r.table())
                .one(
                        "parallel",
                        Type.BOOLEAN,
                        "Whether its tasks run beside each other.",
                        (r, p) -> p.parallel = r.flag())
                .one(
                        "condition run_if when",
                        Type.ANY,
                        "When the stage runs: a word such as \"previous_stage_success\", a"
                                + " function, a shell command or a boolean.",
                        (r, p) -> p.condition = r.condition())
                .one(
                        "on_failure",
                        Type.STRING,
                        "What a failed task means: \"abort\", \"continue\" or \"rollback\".",
                        (r, p) -> p.onFailure = Reading.word(r.value(), Stage.OnFailure.class))
                .one(
                        "approval_required",
                        Type.BOOLEAN,
                        "Whether somebody must agree first.",
                        (r, p) -> p.approvalRequired = r.flag())
                .many("approvers", Type.ANY, "Who may agree.", (r, p) -> p.approvers = r.words())
                .one(
                        "strategy",
                        Type.STRING,
                        "How it is rolled out: \"canary\".",
                        (r, p) -> p.strategy = strategy(r))
                .one(
                        "rollback_trigger",
                        Type.TABLE,
                        "What makes it be taken back.",
                        (r, p) -> p.rollbackTrigger = r.dataTable());
    }

    private static String strategy(Reading r) {
        String word = r.line();
        if (!STRATEGIES.contains(word)) {
            throw Reading.cannot(
                    "must be \"canary\", not \"" + word + "\"",
                    "Leave it out to run the stage as it is.");
        }
        return word;
    }

    Stage build(String name, List<TaskName> tasks, Span at) {
        return new Stage(
                name,
                parallel,
                condition,
                tasks,
                onFailure,
                approvalRequired,
                approvers,
                strategy,
                rollbackTrigger,
                at);
    }
}
