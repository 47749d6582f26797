package dev.sloth.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Action;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.api.workflow.Placement;
import dev.sloth.api.workflow.RetryPolicy;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.Stage;
import dev.sloth.api.workflow.TaskHook;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workdir;
import dev.sloth.api.workflow.WorkflowHook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The builder form, the one that most scripts are written in.
final class FluentTest {
    private final Bench bench = new Bench();

    @Test
    void a_task_with_a_function_is_defined_loaded_and_called() {
        var script =
                """
                local greet = task("greet"):command(function(this, params, inputs)
                    return true, "hello " .. this.name, { who = inputs.before.who, n = 2 }
                end):build()
                workflow.define("w"):tasks({ greet }):build()
                """;
        var task = bench.task(script, "greet");
        assertThat(task.action()).isEqualTo(new Action.Call(new FunctionRef("task greet command")));

        try (var loaded = bench.load(script, "w")) {
            var self =
                    loaded.taskObject(
                            new TaskObject("greet", Path.of("/w/d"), "r1", 1, "", Map.of()));
            var inputs = new DataTable().with("before", new DataTable().with("who", "world"));
            var results =
                    loaded.call(
                            new FunctionRef("task greet command"),
                            List.of(self, new DataTable(), inputs));
            assertThat(results).startsWith(Value.Bool.TRUE, Text.of("hello greet"));
            assertThat(((Value.Table) results.get(2)).at("who")).isEqualTo(Text.of("world"));
        }
    }

    private static final String EVERY_METHOD =
            """
            local first = task("first"):run("true")
            local t = task("t")
                :description("all of it")
                :command({ "tar", "-xf", "a.tar" })
                :timeout("1h30m")
                :workdir("/srv/app"):cleanup("never"):user("deploy")
                :delegate_to({ "a1", "a2" })
                :on_success(function() end):on_fail(function() end)
                :depends_on(first)
                :retries(3, { strategy = "exponential", delay = "200ms", max_delay = 9,
                              jitter = 0.25, retry_on = "timeout" })
                :async(true):artifacts({ "*.tar", "log" }):consumes("in.txt")
                :run_if("test -e x"):abort_if(function() return false end)
                :pre_hook(function() end):post_hook(function() end)
                :on_timeout(function() end):outputs("version", "sum")
                :tags({ "slow" }):version("1.2"):env({ A = "b", N = 1, Y = true })
                :resources({ cpu = 2 }):priority(5):idempotent():exclusive(true)
                :params({ size = 3, deep = { x = "y" } }):percentage(10):duration("2s")
                :build()
            workflow.define("w"):tasks({ first, t })
            """;

    @Test
    void every_method_means_what_it_says() {
        var task = bench.task(EVERY_METHOD, "t");
        assertThat(task.description()).isEqualTo("all of it");
        assertThat(task.action()).isEqualTo(new Action.Argv(List.of("tar", "-xf", "a.tar")));
        assertThat(task.timeout()).isEqualTo(Duration.ofMinutes(90));
        assertThat(task.workdir()).isEqualTo(new Workdir("/srv/app", Workdir.Cleanup.NEVER));
        assertThat(task.user()).isEqualTo("deploy");
        assertThat(task.placement()).isEqualTo(new Placement.Agents(List.of("a1", "a2")));
        assertThat(task.dependsOn()).containsExactly(new TaskName("first"));
        assertThat(task.retry())
                .isEqualTo(
                        new RetryPolicy(
                                3,
                                RetryPolicy.Strategy.EXPONENTIAL,
                                Duration.ofMillis(200),
                                Duration.ofSeconds(9),
                                0.25,
                                Set.of(RetryPolicy.Reason.TIMED_OUT)));
        assertThat(task.artifacts()).containsExactly("*.tar", "log");
        assertThat(task.consumes()).containsExactly("in.txt");
        assertThat(task.outputs()).containsExactly("version", "sum");
        assertThat(task.runIf()).isEqualTo(new Condition.Shell("test -e x"));
        assertThat(task.abortIf())
                .isEqualTo(new Condition.Call(new FunctionRef("task t abort_if")));
        assertThat(task.hooks()).containsOnlyKeys(TaskHook.values());
        assertThat(task.hooks())
                .containsEntry(TaskHook.ON_FAILURE, new FunctionRef("task t on_failure"));
        assertThat(task.environment()).isEqualTo(Map.of("A", "b", "N", "1", "Y", "true"));
        assertThat(task.idempotent()).isTrue();
        assertThat(task.exclusive()).isTrue();
        assertThat(task.params().at("deep")).isEqualTo(new DataTable().with("x", "y"));
        assertThat(task.extra())
                .containsOnlyKeys(
                        "tags",
                        "version",
                        "async",
                        "resources",
                        "priority",
                        "percentage",
                        "duration");
        assertThat(task.at()).isEqualTo(new Span("try.sloth", 2, 11));
    }

    @Test
    void a_workflow_takes_settings_and_hooks_and_needs_no_build() {
        var workflow =
                bench.workflow(
                        """
                        workflow.define("w"):description("d"):version("2")
                            :tasks({ task("t"):command("true") })
                            :config({ timeout = "2h", max_parallel_tasks = 4, fail_fast = true,
                                      permissions = { net = false } })
                            :on_start(function() end)
                            :on_complete(function(success, results) end)
                        """);
        assertThat(workflow.description()).isEqualTo("d");
        assertThat(workflow.version()).isEqualTo("2");
        assertThat(workflow.timeout()).isEqualTo(Duration.ofHours(2));
        assertThat(workflow.maxParallelTasks()).isEqualTo(4);
        assertThat(workflow.failFast()).isTrue();
        assertThat(workflow.permissions()).isEqualTo(Map.of("net", false));
        assertThat(workflow.hooks())
                .containsEntry(WorkflowHook.ON_START, new FunctionRef("workflow w on_start"))
                .containsEntry(WorkflowHook.ON_COMPLETE, new FunctionRef("workflow w on_complete"));
    }

    @Test
    void what_a_builder_is_given_after_the_workflow_counts_too() {
        var workflow =
                bench.workflow(
                        """
                        local a, b = task("a"):command("false"), task("b"):command("true")
                        workflow.define("w"):tasks({ a, b })
                        a:next_if_fail("b")
                        """);
        assertThat(workflow.task(new TaskName("b")).orElseThrow().runOnFailureOf())
                .containsExactly(new TaskName("a"));
    }

    @Test
    void always_and_never_are_conditions_of_tasks_and_never_of_stages() {
        var script =
                """
                local a = task("a"):command("true"):run_if("always"):abort_if("never")
                workflow.define("w", { tasks = { a }, stages = {
                    { name = "s", condition = "never", tasks = { b = "true" } },
                    { name = "t", condition = "always", tasks = { c = "true" } } } })
                """;
        var task = bench.task(script, "a");
        assertThat(task.runIf()).isEqualTo(new Condition.Fixed(true));
        assertThat(task.abortIf()).isEqualTo(new Condition.Fixed(false));
        assertThat(bench.workflow(script).stages())
                .extracting(Stage::condition)
                .containsExactly(new Condition.Fixed(false), new Condition.Named("always"));
    }

    @Test
    void a_delay_that_was_asked_for_is_not_cut_short_by_the_usual_bound() {
        var script =
                """
                local a = task("a"):command("true"):retries(2, { delay = "1h" })
                local b = task("b"):command("true"):retries(2, { delay = "1h", max_delay = "1m" })
                workflow.define("w"):tasks({ a, b })
                """;
        assertThat(bench.task(script, "a").retry().delayMax()).isEqualTo(Duration.ofHours(1));
        assertThat(bench.task(script, "b").retry().delayMax()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void data_that_unfolds_to_more_than_can_be_kept_is_refused() {
        assertThat(
                        bench.problems(
                                """
                                local t = { 1 }
                                for i = 1, 40 do t = { t, t } end
                                local a = task("a"):command("true"):params(t)
                                workflow.define("w"):tasks({ a })
                                """))
                .singleElement()
                .asString()
                .contains("one value too many: data holds at most 2000000");
    }

    @Test
    void settings_that_nobody_knows_are_only_warned_of() {
        var script =
                """
                workflow.define("w"):tasks({ task("a"):command("true") })
                    :config({ continue_on_error = true, timeout = "5m" })
                """;
        assertThat(bench.workflow(script).timeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(bench.define(script).warnings())
                .singleElement()
                .asString()
                .contains("'config' has no setting 'continue_on_error'; it has no effect");
    }
}
