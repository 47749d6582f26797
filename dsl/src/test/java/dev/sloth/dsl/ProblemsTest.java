package dev.sloth.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.dsl.define.Code;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A wrong script, and exactly what is said about it.
final class ProblemsTest {
    private final Bench bench = new Bench();

    private void expect(String script, String... problems) {
        assertThat(bench.problems(script)).containsExactly(problems);
    }

    @Test
    void everything_is_found_at_once() {
        expect(
                """
                local a = task("a"):comand(function() end):timeout("soon")
                local b = task("b"):command(nope):depends_on("a", "c"):retries(-1)
                workflow.define("w"):tasks({ a, b }):config({ max_paralel_tasks = 2 })
                """,
                "try.sloth:1:11: task 'a' has no command [SLOTH-1021]",
                "try.sloth:1:21: task 'a' has no method 'comand', did you mean 'command'? [SLOTH-1023]",
                "try.sloth:1:44: task 'a': 'timeout' is not right: a duration such as \"300ms\","
                        + " \"10s\", \"5m\" or \"1h30m\" expected, got \"soon\" [SLOTH-1019]",
                "try.sloth:2:21: task 'b': 'command' must be a function, a command line or a list of"
                        + " words, not nil [SLOTH-1018]",
                "try.sloth:2:35: task 'b': 'depends_on' names 'c', which the workflow does not have"
                        + " [SLOTH-1016]",
                "try.sloth:2:56: task 'b': 'retries' must be a whole number from 0 to 1000, not -1"
                        + " [SLOTH-1020]",
                "try.sloth:3:47: workflow 'w': 'config' has no setting 'max_paralel_tasks', did you"
                        + " mean 'max_parallel_tasks'? [SLOTH-1024]");
    }

    @Test
    void tables_are_named_to_the_field() {
        expect(
                """
                workflow.define("w", {
                    descripton = "x",
                    fail_fast = "yes",
                    tasks = {
                        { name = "a", command = 5, dependson = "b" },
                        { name = "a", command = "x", env = { [1] = "y" } },
                        7,
                    },
                })
                """,
                "try.sloth:2:5: workflow 'w' has no field 'descripton', did you mean 'description'?"
                        + " [SLOTH-1024]",
                "try.sloth:3:5: workflow 'w': 'fail_fast' must be true or false, not a string"
                        + " [SLOTH-1018]",
                "try.sloth:5:23: task 'a': 'command' must be a function, a command line or a list of"
                        + " words, not a number [SLOTH-1018]",
                "try.sloth:5:36: task 'a' has no field 'dependson', did you mean 'depends_on'?"
                        + " [SLOTH-1024]",
                "try.sloth:6:9: there are two tasks called 'a'; the first is at try.sloth:5:9"
                        + " [SLOTH-1013]",
                "try.sloth:6:38: task 'a': 'env' must have names as keys, such as"
                        + " { PATH = \"/bin\" } [SLOTH-1020]",
                "try.sloth:7:9: workflow 'w': a task must be built with task(\"name\") or be a table,"
                        + " not a number [SLOTH-1018]");
    }

    @Test
    void a_circle_is_shown() {
        expect(
                """
                local a = task("a"):command("x"):depends_on("c")
                local b = task("b"):command("x"):depends_on("a")
                local c = task("c"):command("x"):depends_on("b")
                workflow.define("w"):tasks({ a, b, c })
                """,
                "try.sloth:1:34: tasks wait for each other in a circle: a -> c -> b -> a"
                        + " [SLOTH-1017]");
        expect(
                "workflow.define('w'):tasks{ task('a'):command('x'):depends_on('a') }",
                "try.sloth:1:52: tasks wait for each other in a circle: a -> a [SLOTH-1017]");
    }

    @Test
    void stages_are_checked_as_well() {
        expect(
                """
                Workflow = { name = "w", stages = {
                    { name = "one", tasks = { "gone", { name = "t", command = "x", depends_on = "u" } } },
                    { name = "one", on_failure = "abrt", tasks = { { name = "u", command = "x" } } },
                    { name = "none", condition = "previous_stage_sucess", tasks = {} },
                    "text",
                } }
                """,
                "try.sloth:2:31: stage 'one' names the task 'gone', which is not defined"
                        + " [SLOTH-1016]",
                "try.sloth:2:68: task 't' of stage 'one' waits for 'u', which runs only after it"
                        + " [SLOTH-1017]",
                "try.sloth:3:5: there are two stages called 'one' [SLOTH-1014]",
                "try.sloth:3:21: stage 'one': 'on_failure' must be one of abort, continue, rollback,"
                        + " not \"abrt\", did you mean 'abort'? [SLOTH-1020]",
                "try.sloth:4:5: stage 'none' has no tasks [SLOTH-1012]",
                "try.sloth:4:22: stage 'none': 'condition' has no condition"
                        + " \"previous_stage_sucess\", did you mean 'previous_stage_success'?"
                        + " [SLOTH-1020]",
                "try.sloth:5:5: workflow 'w': a stage must be a table, not a string [SLOTH-1018]");
    }

    @Test
    void a_script_without_a_workflow_or_a_workflow_without_tasks() {
        expect("", "try.sloth:1:1: the script defines no workflow [SLOTH-1011]");
        expect("workflow.define('w')", "try.sloth:1:10: workflow 'w' has no tasks [SLOTH-1012]");
        expect(
                "workflow.define('w'):tasks{ task(''):command('x'), task('a/b'):command('x') }",
                "try.sloth:1:29: a task needs a name, which is text [SLOTH-1015]",
                "try.sloth:1:52: task 'a/b': a name cannot hold slashes or control characters, nor"
                        + " blanks at its ends [SLOTH-1015]");
        expect(
                "for i = 1, 2 do workflow.define('w'):tasks{ t = 'x' } end",
                "try.sloth:1:26: there are two workflows called 'w' [SLOTH-1014]");
    }

    @Test
    void too_many_tasks() {
        bench.limits = bench.limits.withTasks(3);
        expect(
                "local t = {} for i = 1, 4 do t[i] = task('t' .. i):command('x') end"
                        + " workflow.define('w'):tasks(t)",
                "try.sloth:1:78: workflow 'w' has 4 tasks, more than 3 [SLOTH-1022]");
    }

    @Test
    void an_error_while_defining_comes_with_what_was_wrong_before_it() {
        var found =
                bench.found(
                        """
                        task("a"):timeout("x"):command("y")
                        local function deep() local t = nil; return t.field end
                        deep()
                        """);
        assertThat(found)
                .extracting(p -> p.code() + " " + p.at())
                .containsExactly("SLOTH-1019 try.sloth:1:11", "SLOTH-1002 try.sloth:2");
        assertThat(found.getLast().message()).isEqualTo("attempt to index a nil value (local 't')");
        assertThat(found.getLast().remedy()).contains("try.sloth:3");
    }

    @Test
    void a_method_called_with_a_point_is_told_to_use_a_colon() {
        assertThat(bench.problems("local t = task('a')  t.command(function() end)"))
                .singleElement()
                .asString()
                .contains("call it with a colon, as object:command(...)");
    }

    @Test
    void several_syntax_errors_are_shown_together() {
        assertThat(bench.found("local x = = 1\nlocal y = 2\nif then end\n"))
                .extracting(p -> p.code() + " " + p.at())
                .containsExactly("SLOTH-1001 try.sloth:1:11", "SLOTH-1001 try.sloth:3:4");
    }

    @Test
    void tasks_in_no_workflow_are_warned_of() {
        var warnings =
                bench.define("task('lost'):command('x') workflow.define('w'):tasks{ t = 'y' }")
                        .warnings();
        assertThat(warnings)
                .extracting(Object::toString)
                .containsExactly(
                        "try.sloth:1:1: task 'lost' is in no workflow and never runs [SLOTH-1026]");
    }

    @Test
    void codes_are_numbered_once_and_documented() {
        var texts = Arrays.stream(Code.values()).map(Code::text).toList();
        assertThat(new HashSet<>(texts)).hasSameSizeAs(texts);
        assertThat(List.of(Code.values())).allSatisfy(code -> assertThat(code.doc()).endsWith("."));
    }
}
