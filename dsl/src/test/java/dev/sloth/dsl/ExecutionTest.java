package dev.sloth.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.api.workflow.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Scripts loaded to run their functions.
final class ExecutionTest {
    private static final FunctionRef COMMAND = new FunctionRef("task t command");

    private final Bench bench = new Bench();

    @Test
    void the_top_level_speaks_when_defining_and_not_when_loaded() {
        var script = "print('top') " + Bench.inTask("print('in', 'task') io.write('a\\nb')");
        bench.define(script);
        assertThat(bench.printed).containsExactly("top");
        bench.printed.clear();
        bench.call(script, "task t command");
        assertThat(bench.printed).containsExactly("in\ttask", "a", "b");
    }

    @Test
    void what_is_written_to_stderr_comes_in_lines_of_its_own_and_is_muted_while_loading() {
        var script =
                "io.stderr:write('top\\n', 'begun') "
                        + Bench.inTask("io.stderr:write('a\\nb') io.write('out')");
        bench.define(script);
        assertThat(bench.complained).containsExactly("top", "begun");
        bench.complained.clear();
        var scripts = bench.scripts();
        var source = bench.source(script);
        for (int i = 0; i < 3; i++) {
            try (var loaded = scripts.load(source, "w", bench.values, bench)) {
                loaded.call(COMMAND, List.of());
            }
            assertThat(bench.complained).containsExactly("a", "b");
            assertThat(bench.printed).containsExactly("out");
            bench.complained.clear();
            bench.printed.clear();
        }
    }

    @Test
    void values_are_plain_tables() {
        bench.values =
                new DataTable()
                        .with("name", "x")
                        .with("list", DataTable.list(List.of(Text.of("a"), Text.of("b"))));
        assertThat(bench.run("return values.name, #values.list, Values == values, values.none"))
                .containsExactly(Text.of("x"), new Value.Num(2), Value.Bool.TRUE, Value.Nil.NIL);
    }

    @Test
    void an_error_carries_its_place_and_traceback() {
        var failure =
                catchThrowableOfType(
                        ScriptFailure.class,
                        () -> bench.run("local function f() error('bad thing') end\nf()"));
        assertThat(failure).hasMessage("try.sloth:2: bad thing");
        assertThat(failure.traceback()).anyMatch(line -> line.startsWith("try.sloth:3:"));
        var table =
                catchThrowableOfType(ScriptFailure.class, () -> bench.run("error({ code = 7 })"));
        assertThat(((Value.Table) table.value()).at("code")).isEqualTo(new Value.Num(7));
    }

    @Test
    void a_kill_ends_a_loop_and_a_pcall_does_not_catch_it() throws InterruptedException {
        var running = new CountDownLatch(1);
        try (var script =
                bench.load(Bench.inTask("while true do pcall(function() end) end"), "w")) {
            var killer =
                    Thread.ofVirtual()
                            .start(() -> {
                                running.countDown();
                                script.kill("enough");
                            });
            running.await();
            assertThatThrownBy(() -> script.call(COMMAND, List.of()))
                    .isInstanceOf(ScriptStopped.class)
                    .hasMessage("enough");
            killer.join();
        }
    }

    @Test
    void limits_of_execution_hold() {
        bench.limits = bench.limits.withExecuting(100_000, 8 << 20);
        assertThatThrownBy(() -> bench.run("while true do end"))
                .isInstanceOf(ScriptStopped.class)
                .hasMessageContaining("100000 steps");
        bench.limits = bench.limits.withExecuting(1_000_000_000, 8 << 20);
        assertThatThrownBy(() -> bench.run("local t = {} while true do t[#t + 1] = {} end"))
                .isInstanceOf(ScriptFailure.class)
                .hasMessageContaining("not enough memory");
    }

    @Test
    void limits_of_defining_hold_and_name_their_key() {
        bench.limits = bench.limits.withDefining(100_000, 8 << 20, Duration.ofSeconds(20));
        assertThat(bench.found("while true do end").getFirst())
                .satisfies(p -> assertThat(p.code()).isEqualTo("SLOTH-1003"))
                .satisfies(p -> assertThat(p.remedy()).contains("script.define_steps"));
        bench.limits = bench.limits.withDefining(1L << 40, 8 << 20, Duration.ofSeconds(20));
        assertThat(bench.found("local t = {} while true do t[#t + 1] = {} end").getFirst())
                .satisfies(p -> assertThat(p.code()).isEqualTo("SLOTH-1004"))
                .satisfies(p -> assertThat(p.at().line()).isEqualTo(1))
                .satisfies(p -> assertThat(p.remedy()).contains("script.define_memory"));
        bench.limits = bench.limits.withDefining(1L << 40, 64 << 20, Duration.ofMillis(50));
        assertThat(bench.found("while true do end").getFirst())
                .satisfies(p -> assertThat(p.code()).isEqualTo("SLOTH-1005"))
                .satisfies(p -> assertThat(p.remedy()).contains("script.define_time"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "task('t')",
                "task('t' .. i)",
                "workflow.define('w' .. i)",
                "task('t' .. i):command(('x'):rep(1e5) .. i)",
                "local t = {} for j = 1, 1e4 do t[j] = j end task('t'):config(t)",
                "task('t' .. i):command(function() return i end)",
                "one:depends_on(('x'):rep(1e5) .. i)",
                "task { name = 't' .. i, command = function() return i end }",
            })
    void what_a_script_notes_down_for_ever_is_its_memory(String noting) {
        bench.limits = bench.limits.withDefining(1L << 40, 8 << 20, Duration.ofSeconds(60));
        bench.limits = bench.limits.withExecuting(1L << 40, 8 << 20);
        String script = "local one, i = task('one'), 0 while true do i = i + 1 " + noting + " end";
        assertThat(bench.found(script))
                .extracting(Problem::code)
                .contains("SLOTH-1004")
                .doesNotContain("SLOTH-1005");
        assertThatThrownBy(() -> bench.load(script, "w"))
                .isInstanceOf(ScriptFailure.class)
                .hasMessageContaining("not enough memory");
    }

    @Test
    void a_string_that_grows_for_ever_and_a_caught_want_of_memory_are_told_with_a_remedy() {
        bench.limits = bench.limits.withDefining(1L << 40, 8 << 20, Duration.ofSeconds(20));
        for (var script :
                List.of(
                        "local t = {} while true do"
                                + " pcall(function() t[#t + 1] = ('x'):rep(1e6) end) end",
                        "local i = 0 while true do i = i + 1 pcall(task, 't' .. i) end")) {
            assertThat(bench.found(script).getFirst())
                    .as(script)
                    .satisfies(p -> assertThat(p.code()).isEqualTo("SLOTH-1004"))
                    .satisfies(p -> assertThat(p.remedy()).contains("script.define_memory"));
        }
        bench.limits = bench.limits.withDefining(1L << 40, 256L << 20, Duration.ofMinutes(1));
        assertThat(bench.found("local s = 'x'\nwhile true do s = s .. s end").getFirst())
                .satisfies(p -> assertThat(p.code()).isEqualTo("SLOTH-1004"))
                .satisfies(p -> assertThat(p.message()).contains("a string of more than 64 MiB"))
                .satisfies(p -> assertThat(p.at().line()).isEqualTo(2))
                .satisfies(p -> assertThat(p.remedy()).contains("stops growing"));
    }

    @Test
    void limits_in_time_are_told_as_people_write_durations() {
        bench.limits = bench.limits.withDefining(1L << 40, 64 << 20, Duration.ofSeconds(1));
        assertThat(bench.found("while true do end").getFirst().message())
                .isEqualTo("script took longer than 1s while it was read");
    }

    @Test
    void outputs_come_from_export_and_from_the_global_table() {
        try (var script =
                bench.load(
                        Bench.inTask(
                                "export('a', 1) export{ b = { 'x' } } outputs.c = 'y'"
                                        + " return pcall(export, 'f', print)"),
                        "w")) {
            assertThat(script.call(COMMAND, List.of()).getFirst()).isEqualTo(Value.Bool.FALSE);
            assertThat(script.exported(Long.MAX_VALUE))
                    .isEqualTo(
                            Map.of(
                                    "a", new Value.Num(1),
                                    "b", DataTable.list(List.of(Text.of("x"))),
                                    "c", Text.of("y")));
        }
    }

    @Test
    void this_has_a_name_that_can_be_called_and_a_workdir_that_can_be_made(@TempDir Path folder)
            throws java.io.IOException {
        var script =
                Bench.inTask(
                        """
                        assert(this.name == "t" and this.name() == "t" and this:name() == "t")
                        assert("x" .. this.name == "xt" and this.attempt == 2)
                        assert(this.workdir.get() == this.workdir:get())
                        assert(not this.workdir.exists())
                        assert(this.workdir.ensure() and this.workdir:exists())
                        local f = assert(io.open(this.workdir.get() .. "/f", "w"))
                        f:write("x") f:close()
                        assert(this.workdir.recreate())
                        this.outputs.seen = this.run_id .. "@" .. this.agent
                        return this
                        """);
        var work = folder.resolve("a/b");
        try (var loaded = bench.load(script, "w")) {
            var self = loaded.taskObject(new TaskObject("t", work, "r", 2, "ag", Map.of()));
            assertThat(loaded.call(COMMAND, List.of(self))).containsExactly(self);
            assertThat(((Value.Table) self.at("outputs")).at("seen")).isEqualTo(Text.of("r@ag"));
        }
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void features_are_listed_and_switched_on() {
        bench.features.put("canary", "beta");
        assertThat(
                        bench.run(
                                "local before = system.available_features().canary"
                                        + " system.enable_beta_features{ 'canary' }"
                                        + " return before, system.available_features().canary"))
                .containsExactly(Text.of("beta"), Text.of("stable"));
    }

    @Test
    void processes_of_lua_itself_go_the_same_way_as_all_others() {
        assertThat(bench.run("return os.execute('one'), io.popen('two')"))
                .startsWith(new Value.Num(3), Value.Nil.NIL);
        assertThat(bench.commands.get(0).argv()).endsWith("one");
        assertThat(bench.commands.get(1).argv()).startsWith("mkfifo");
        assertThat(bench.commands).allMatch(c -> c.folder().equals(bench.folder));
    }

    @Test
    void files_of_lua_itself_start_at_the_folder(@TempDir Path folder) throws java.io.IOException {
        bench.folder = folder;
        bench.run("local f = assert(io.open('x.txt', 'w')) f:write('hi') f:close()");
        assertThat(folder.resolve("x.txt")).hasContent("hi");
    }

    @Test
    void what_is_not_permitted_says_so() {
        bench.granted.clear();
        assertThat(
                        bench.run(
                                "return select(2, pcall(io.open, 'x')), select(2, pcall(os.execute, 'x')),"
                                        + " select(2, pcall(os.exit))"))
                .extracting(Value::toString)
                .satisfiesExactly(
                        m -> assertThat(m).contains("fs is not permitted in this script"),
                        m -> assertThat(m).contains("exec is not permitted in this script"),
                        m -> assertThat(m).contains("does not end the runner"));
        bench.environment.put("HOME", "/h");
        assertThat(bench.run("return os.getenv('HOME')")).containsExactly(Text.of("/h"));
    }

    @Test
    void a_script_that_changes_between_loads_is_told_so() {
        assertThatThrownBy(() -> bench.load(Bench.inTask("return 1"), "other"))
                .hasMessageContaining("there is no workflow 'other'")
                .hasMessageContaining("SLOTH-1028");
        try (var script = bench.load(Bench.inTask("return 1"), "w")) {
            assertThatThrownBy(() -> script.call(new FunctionRef("task x command"), List.of()))
                    .isInstanceOf(ScriptFailure.class)
                    .hasMessageContaining("task x command");
        }
    }

    @Test
    void plain_lua_keeps_what_was_set_and_starts_with_nothing_granted() {
        try (var plain =
                bench.scripts()
                        .plain(
                                bench.source(""),
                                bench.values,
                                bench,
                                java.util.Set.of("os.getenv"),
                                false)) {
            assertThat(run(plain, "x = 20 return io == nil or io.open")).isNotEmpty();
            assertThat(run(plain, "return x + 1")).containsExactly(new Value.Num(21));
            assertThat(plain.show(new Value.Num(0.5))).isEqualTo("0.5");
            assertThatThrownBy(() -> run(plain, "return task('x')")).hasMessageContaining("task");
        }
        assertThat(PlainLua.isIncomplete("for i = 1, 2 do")).isTrue();
        assertThat(PlainLua.isIncomplete("x = = 1")).isFalse();
    }

    private static List<Value> run(PlainLua plain, String text) {
        return plain.run(
                "=stdin", text.getBytes(java.nio.charset.StandardCharsets.UTF_8), List.of());
    }
}
