package dev.sloth.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Action;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.api.workflow.Placement;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.TaskHook;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workdir;
import dev.sloth.api.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Workflows written as tables.
final class TableFormTest {
    private final Bench bench = new Bench();

    private static List<String> names(Workflow workflow) {
        return workflow.tasks().stream().map(Task::name).map(TaskName::text).toList();
    }

    @Test
    void a_list_of_task_tables() {
        var workflow =
                bench.workflow(
                        """
                        workflow.define("w", {
                            description = "d", version = "1", workdir = "/srv",
                            clean_workdir_after_run = false, delegate_to = "a1", timeout = 60,
                            tasks = {
                                { name = "a", command = "make", timeout = "5s", retries = 2 },
                                { name = "b", depends_on = "a", command = function() return true end,
                                  pre_exec = function() end, post_exec = function() end,
                                  delegate_to = { tags = { "gpu" } } },
                            },
                            on_complete = function() end,
                        })
                        """);
        assertThat(names(workflow)).containsExactly("a", "b");
        assertThat(workflow.timeout()).isEqualTo(Duration.ofMinutes(1));
        var a = workflow.tasks().getFirst();
        assertThat(a.action()).isEqualTo(new Action.Shell("make", ""));
        assertThat(a.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(a.retry().retries()).isEqualTo(2);
        assertThat(a.workdir()).isEqualTo(new Workdir("/srv", Workdir.Cleanup.NEVER));
        assertThat(a.placement()).isEqualTo(new Placement.Agents(List.of("a1")));
        assertThat(a.at().toString()).isEqualTo("try.sloth:5:9");
        var b = workflow.tasks().get(1);
        assertThat(b.action()).isEqualTo(new Action.Call(new FunctionRef("task w/b command")));
        assertThat(b.hooks()).containsOnlyKeys(TaskHook.PRE, TaskHook.POST);
        assertThat(b.placement()).isInstanceOf(Placement.Selector.class);
    }

    @Test
    void a_map_of_tasks_keeps_its_order_and_names_them() {
        var workflow =
                bench.workflow(
                        """
                        local built = task("elsewhere"):command("echo built"):timeout("3s")
                        workflow.define("w", { tasks = {
                            zebra = { command = "z" },
                            ape = function() return true end,
                            bee = "echo bee",
                            cat = built,
                        } })
                        """);
        assertThat(names(workflow)).containsExactly("zebra", "ape", "bee", "cat");
        var cat = workflow.tasks().getLast();
        assertThat(cat.action()).isEqualTo(new Action.Shell("echo built", ""));
        assertThat(cat.timeout()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void built_tasks_names_and_tables_stand_side_by_side() {
        var workflow =
                bench.workflow(
                        """
                        task("a"):command("a")
                        local b = task("b"):command(function() return true, "b" end)
                        workflow.define("w", { tasks = {
                            "a", b, { name = "c", command = b }, { uses = b, timeout = "7s", name = "d" },
                        } })
                        """);
        assertThat(names(workflow)).containsExactly("a", "b", "c", "d");
        var call = new Action.Call(new FunctionRef("task b command"));
        assertThat(workflow.tasks().get(2).action()).isEqualTo(call);
        assertThat(workflow.tasks().get(3).action()).isEqualTo(call);
        assertThat(workflow.tasks().get(3).timeout()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void uses_takes_a_table_whose_fields_the_entry_overrides() {
        var script =
                """
                local base = { command = function() return true, "base" end, timeout = "1m" }
                workflow.define("w", { tasks = {
                    one = { uses = base },
                    two = { uses = base, timeout = "2m" },
                } })
                """;
        var two = bench.task(script, "two");
        assertThat(two.timeout()).isEqualTo(Duration.ofMinutes(2));
        var path = ((Action.Call) two.action()).function().path();
        assertThat(bench.call(script, path)).containsExactly(Value.Bool.TRUE, Text.of("base"));
    }

    @Test
    void functions_in_tables_are_found_again_when_loaded() {
        var script =
                """
                for i = 1, 3 do
                    workflow.define("w" .. i, { tasks = { { name = "t",
                        command = function() return true, "from " .. i end } },
                        on_start = function() return i end })
                end
                """;
        try (var loaded = bench.load(script, "w2")) {
            assertThat(loaded.call(new FunctionRef("task w3/t command"), List.of()))
                    .contains(Text.of("from 3"));
            assertThat(loaded.call(new FunctionRef("workflow w2 on_start"), List.of()))
                    .containsExactly(new Value.Num(2));
        }
    }

    @Test
    void called_words_and_groups_are_workflows_too() {
        for (String script :
                List.of(
                        "workflow('w'):tasks{ task('t'):command('x') }",
                        "workflow{ name = 'w', tasks = { t = 'x' } }",
                        "workflow 'w' { task 't' { command = 'x' } }",
                        "group 'w' { task{ name = 't', command = 'x' } }",
                        "workflow.define 'w' { tasks = { { name = 't', command = 'x' } } }")) {
            var workflow = bench.workflow(script);
            assertThat(workflow.name()).isEqualTo("w");
            assertThat(names(workflow)).as(script).containsExactly("t");
            assertThat(workflow.tasks().getFirst().action()).isEqualTo(new Action.Shell("x", ""));
        }
    }

    @Test
    void the_global_task_definitions_are_workflows() {
        var all =
                bench.define(
                                """
                                TaskDefinitions = {
                                    build = { description = "b", tasks = { { name = "x", command = "x" } } },
                                    test = { tasks = { y = { command = function() return 1 end } } },
                                }
                                """)
                        .workflows();
        assertThat(all).extracting(Workflow::name).containsExactly("build", "test");
        assertThat(all.getFirst().description()).isEqualTo("b");
        assertThat(all.getFirst().at().toString()).isEqualTo("try.sloth:2:5");
    }
}
