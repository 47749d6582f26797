package dev.sloth.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.FunctionRef;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a load of a script finds again, and what two loads share.
final class LoadingTest {
    private final Bench bench = new Bench();

    @Test
    void of_things_with_one_name_each_is_found_by_its_number() {
        String script =
                """
                local function says(word) return function() return word end end
                task('t'):command(says('first'))
                task('t'):command(says('second'))
                task('t#2'):command(says('named so'))
                task('t'):pre_hook(says('third'))
                task('with blank'):command(says('old')):command(says('new'))
                task('gone'):command(says('old')):command('make')
                workflow.define('w'):on_start(says('start'))
                """;
        assertThat(bench.call(script, "task t command")).containsExactly(Text.of("first"));
        assertThat(bench.call(script, "task t#2 command")).containsExactly(Text.of("named so"));
        assertThat(bench.call(script, "task t#3 pre_hook")).containsExactly(Text.of("third"));
        assertThat(bench.call(script, "task with blank command")).containsExactly(Text.of("new"));
        assertThat(bench.call(script, "workflow w on_start")).containsExactly(Text.of("start"));
        for (String path :
                List.of("task gone command", "task t#3 command", "task t#02 command", "t", "")) {
            assertThatThrownBy(() -> bench.call(script, path))
                    .as(path)
                    .isInstanceOf(ScriptFailure.class)
                    .hasMessageContaining("is not there when the script is loaded again");
        }
    }

    @Test
    void functions_written_inside_of_a_workflow_are_found_there() {
        String script =
                """
                local function says(word) return function() return word end end
                local base = task('base'):command(says('base'))
                workflow.define('w'):tasks({
                    { name = 'a', command = says('a'), uses = { pre_hook = says('below') } },
                    { name = 'a', command = says('a again') },
                    b = says('b'),
                    base,
                }):stages({ { name = 's', run_if = says('stage'), tasks = { c = says('c') } } })
                """;
        assertThat(bench.call(script, "task w/a command")).containsExactly(Text.of("a"));
        assertThat(bench.call(script, "task w/a#2 command")).containsExactly(Text.of("a again"));
        assertThat(bench.call(script, "task w/a/uses pre_hook")).containsExactly(Text.of("below"));
        assertThat(bench.call(script, "task w/b command")).containsExactly(Text.of("b"));
        assertThat(bench.call(script, "task base command")).containsExactly(Text.of("base"));
        assertThat(bench.call(script, "stage w/s condition")).containsExactly(Text.of("stage"));
        assertThat(bench.call(script, "task w/c command")).containsExactly(Text.of("c"));
    }

    @Test
    void what_a_running_function_defines_does_not_change_what_is_found() {
        String script =
                """
                local t = task('t')
                t:pre_hook(function()
                    t:command(function() return 'changed' end)
                    t { command = function() return 'changed' end }
                    task('t'):command(function() return 'another' end)
                    workflow.define('w')
                end)
                t:command(function() return 'as loaded' end)
                workflow.define('w'):tasks({ t })
                """;
        try (var loaded = bench.load(script, "w")) {
            var _ = loaded.call(new FunctionRef("task t pre_hook"), List.of());
            assertThat(loaded.call(new FunctionRef("task t command"), List.of()))
                    .containsExactly(Text.of("as loaded"));
        }
    }

    @Test
    void a_builder_is_one_and_the_same_object_in_every_load() {
        assertThat(
                        bench.call(
                                """
                                local t = task('t')
                                local same = t:command(print) == t and t:retries(1, 'fixed') == t
                                    and t:nothing_known(1) == t and t:build() == t
                                    and rawequal(t:timeout('1s'), t) and task('t') ~= t
                                workflow.define('w'):tasks({ t, task('x'):command(function()
                                    return same, tostring(t)
                                end) })
                                """,
                                "task x command"))
                .containsExactly(Value.Bool.TRUE, Text.of("task: t"));
    }

    @Test
    void what_a_load_does_to_a_module_or_a_handle_no_other_load_sees() {
        bench.modules.add(
                Module.named("m", "A module to try.")
                        .functions(
                                Function.named("f").body(_ -> Results.text("f")),
                                Function.named(Function.ITSELF).body(_ -> Results.text("m"))));
        var scripts = bench.scripts();
        var spoils =
                bench.source(
                        "m.f = nil m.g = 1 getmetatable(m).__call = nil string.rep = nil task = nil"
                                + " workflow.define('w')");
        try (var _ = scripts.load(spoils, "w", new DataTable(), bench);
                var other =
                        scripts.load(
                                bench.source(
                                        Bench.inTask("return m.f(), m(), m.g, string.rep('x', 2)")),
                                "w",
                                new DataTable(),
                                bench)) {
            assertThat(other.call(new FunctionRef("task t command"), List.of()))
                    .containsExactly(Text.of("f"), Text.of("m"), Value.Nil.NIL, Text.of("xx"));
        }
    }

    @Test
    void a_top_level_without_end_is_stopped_in_each_load() {
        bench.limits = bench.limits.withDefining(1L << 40, 64 << 20, Duration.ofMillis(50));
        var scripts = bench.scripts();
        for (int i = 0; i < 3; i++) {
            var endless = bench.source("while true do end");
            assertThatThrownBy(() -> scripts.load(endless, "w", new DataTable(), bench).close())
                    .isInstanceOf(ScriptStopped.class)
                    .hasMessageContaining("script took longer than 50ms");
        }
    }
}
