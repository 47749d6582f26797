package dev.sloth.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Action;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.api.workflow.Placement;
import dev.sloth.api.workflow.Stage;
import dev.sloth.api.workflow.TaskName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The staged form.
final class StagesTest {
    private static final String PIPELINE =
            """
            local function ok() return true end
            for _, name in ipairs({ "unit_tests", "integration_tests", "security_scan",
                    "deploy_staging", "smoke_tests", "deploy_canary", "monitor_canary",
                    "deploy_full" }) do
                task(name):command(ok)
            end
            Workflow = {
                name = "advanced_deployment_pipeline",
                description = "Multi-stage deployment with rollback capabilities",
                stages = {
                    {
                        name = "build_and_test",
                        parallel = true,
                        tasks = {
                            {name = "unit_tests", timeout = "10m"},
                            {name = "integration_tests", timeout = "15m"},
                            {name = "security_scan", timeout = "20m"}
                        },
                        on_failure = "abort"
                    },
                    {
                        name = "staging_deployment",
                        condition = "previous_stage_success",
                        tasks = {
                            {name = "deploy_staging", agent_selector = "staging_cluster"},
                            {name = "smoke_tests", depends_on = "deploy_staging"}
                        },
                        approval_required = true,
                        approvers = {"ops-team", "qa-team"}
                    },
                    {
                        name = "production_deployment",
                        strategy = "canary",
                        rollback_trigger = { error_rate = "> 5%", response_time = "> 1s" },
                        tasks = {
                            {name = "deploy_canary", percentage = 10},
                            {name = "monitor_canary", duration = "10m"},
                            {name = "deploy_full", condition = "canary_success"}
                        }
                    }
                },
                rollback = {
                    strategy = "automatic",
                    triggers = {"error_threshold", "manual"},
                    preserve_data = true
                }
            }
            """;

    private final Bench bench = new Bench();

    @Test
    void the_pipeline_of_the_mission_is_read_whole() {
        var workflow = bench.workflow(PIPELINE);
        assertThat(workflow.name()).isEqualTo("advanced_deployment_pipeline");
        assertThat(workflow.stages())
                .extracting(Stage::name)
                .containsExactly("build_and_test", "staging_deployment", "production_deployment");
        var first = workflow.stages().getFirst();
        assertThat(first.parallel()).isTrue();
        assertThat(first.onFailure()).isEqualTo(Stage.OnFailure.ABORT);
        assertThat(first.tasks())
                .extracting(TaskName::text)
                .containsExactly("unit_tests", "integration_tests", "security_scan");
        var second = workflow.stages().get(1);
        assertThat(second.condition()).isEqualTo(new Condition.Named("previous_stage_success"));
        assertThat(second.approvalRequired()).isTrue();
        assertThat(second.approvers()).containsExactly("ops-team", "qa-team");
        var third = workflow.stages().get(2);
        assertThat(third.strategy()).isEqualTo("canary");
        assertThat(third.rollbackTrigger().at("error_rate").toString()).isEqualTo("> 5%");
        assertThat(((Value.Table) workflow.rollback().at("triggers")).length()).isEqualTo(2);
    }

    @Test
    void stage_tasks_take_their_command_from_the_definitions_and_keep_their_own_fields() {
        var unit = bench.task(PIPELINE, "unit_tests");
        assertThat(unit.action())
                .isEqualTo(new Action.Call(new FunctionRef("task unit_tests command")));
        assertThat(unit.timeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(unit.stage()).isEqualTo("build_and_test");
        assertThat(bench.task(PIPELINE, "deploy_staging").placement())
                .isEqualTo(new Placement.Selector(new DataTable().with("pool", "staging_cluster")));
        assertThat(bench.task(PIPELINE, "deploy_full").runIf())
                .isEqualTo(new Condition.Named("canary_success"));
        assertThat(bench.task(PIPELINE, "monitor_canary").extra().get("duration"))
                .isEqualTo(new Value.Num(600));
        assertThat(bench.define(PIPELINE).warnings()).isEmpty();
    }

    @Test
    void a_stage_may_have_a_function_as_its_condition() {
        var script =
                """
                Workflow = { stages = { { name = "s",
                    condition = function() return false end,
                    tasks = { { name = "t", command = function() return true end } } } } }
                """;
        var workflow = bench.workflow(script);
        assertThat(workflow.name()).isEqualTo("try");
        var condition = (Condition.Call) workflow.stages().getFirst().condition();
        try (var loaded = bench.load(script, "try")) {
            assertThat(loaded.call(condition.function(), java.util.List.of()))
                    .containsExactly(Value.Bool.FALSE);
        }
    }

    @Test
    void lists_in_brackets_are_a_syntax_error_that_says_what_to_write() {
        var script =
                PIPELINE.replace(
                        "{\"error_threshold\", \"manual\"}", "[\"error_threshold\", \"manual\"]");
        var found = bench.found(script);
        assertThat(found.getFirst().at().toString()).isEqualTo("try.sloth:44:20");
        assertThat(found.getFirst().remedy()).contains("braces");
    }
}
