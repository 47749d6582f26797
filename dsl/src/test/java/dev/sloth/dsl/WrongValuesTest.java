package dev.sloth.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Values that fields cannot have, told while the script is read and not when its tasks run.
final class WrongValuesTest {
    private final Bench bench = new Bench();

    /// What is said about a task with some methods called.
    private List<String> said(String methods) {
        return bench.problems(
                "workflow.define('w'):tasks({ task('a'):command('x')" + methods + " })");
    }

    @Test
    void a_name_that_is_no_text_is_told_with_its_place() {
        assertThat(
                        bench.problems(
                                """
                                Workflow = {
                                    name = {},
                                    stages = {
                                        { name = true, tasks = { b = { name = 5, command = "x" } } },
                                    },
                                }
                                """))
                .containsExactly(
                        "try.sloth:2:5: workflow 'try': 'name' must be a string, not a table"
                                + " [SLOTH-1018]",
                        "try.sloth:4:11: stage 'stage 1': 'name' must be a string, not a boolean"
                                + " [SLOTH-1018]",
                        "try.sloth:4:40: task 'b': 'name' must be a string, not a number"
                                + " [SLOTH-1018]");
        assertThat(bench.problems("workflow.define('w', { name = 7, tasks = { t = 'x' } })"))
                .containsExactly(
                        "try.sloth:1:24: workflow 'w': 'name' must be a string, not a number"
                                + " [SLOTH-1018]");
        assertThat(bench.problems("workflow{ name = 7, tasks = { { name = 1, command = 'x' } } }"))
                .hasSize(2)
                .allMatch(p -> p.contains("needs a name, which is text"));
    }

    @Test
    void names_and_values_that_no_variable_can_have_are_found_while_defining() {
        for (String name : List.of("B=C", "", "1A", "A B", "\\0")) {
            assertThat(said(":env({ ['" + name + "'] = 'x' })"))
                    .as(name)
                    .singleElement()
                    .asString()
                    .contains("which no variable can have [SLOTH-1020]");
        }
        assertThat(said(":env({ A = 'x\\0y' })"))
                .singleElement()
                .asString()
                .contains("has a zero byte in the value of 'A'");
        assertThat(
                        bench.task(
                                        "workflow.define('w'):tasks({ task('a'):command('x')"
                                                + ":env({ _a = 'x=y', ['a.b-c'] = 1 }) })",
                                        "a")
                                .environment())
                .containsOnlyKeys("_a", "a.b-c");
    }

    @Test
    void a_limit_that_ends_the_script_is_told_with_what_was_wrong_before_it() {
        String wrong = "task('a'):comand('x'):timeout('q'):env({ ['='] = 'x' }):workdir(5, {})\n";
        bench.limits = bench.limits.withDefining(100_000, 64 << 20, Duration.ofSeconds(20));
        assertThat(codes(wrong + "while true do end"))
                .contains("SLOTH-1003", "SLOTH-1023", "SLOTH-1019");
        bench.limits = bench.limits.withDefining(1L << 40, 8 << 20, Duration.ofSeconds(20));
        assertThat(
                        codes(
                                wrong
                                        + "local t = {} while true do pcall(function() t[#t + 1] = {} end) end"))
                .contains("SLOTH-1004", "SLOTH-1023", "SLOTH-1019");
        bench.limits = bench.limits.withDefining(1L << 40, 64 << 20, Duration.ofMillis(200));
        assertThat(codes(wrong + "while true do end"))
                .contains("SLOTH-1005", "SLOTH-1023", "SLOTH-1019");
    }

    private List<String> codes(String script) {
        return bench.found(script).stream().map(problem -> problem.code()).toList();
    }

    @Test
    void everything_that_is_wrong_with_retries_is_told() {
        assertThat(
                        said(
                                ":retries(-1, { strategy = 'warp', delay = 'x', max_delay = {},"
                                        + " jitter = 'x', retry_on = 5, foo = 1, bar = 2 })"))
                .satisfiesExactlyInAnyOrder(
                        p -> assertThat(p).contains("from 0 to 1000, not -1"),
                        p -> assertThat(p).contains("has no field 'foo'"),
                        p -> assertThat(p).contains("has no field 'bar'"),
                        p -> assertThat(p).contains("has a 'strategy' that must be one of fixed"),
                        p -> assertThat(p).contains("has a 'delay' that is not right"),
                        p -> assertThat(p).contains("has a 'max_delay' that is not right"),
                        p -> assertThat(p).contains("has a 'jitter' that must be a number"),
                        p -> assertThat(p).contains("has a 'retry_on' that must be failed"));
    }

    @Test
    void retries_in_one_table_are_told_to_begin_with_the_number() {
        var found =
                bench.found(
                        "workflow.define('w'):tasks({ task('a'):command('x')"
                                + ":retries({ 2, strategy = 'warp' }) })");
        assertThat(found)
                .singleElement()
                .satisfies(p -> assertThat(p.message()).endsWith("options come after the number"))
                .satisfies(p -> assertThat(p.remedy()).startsWith("Write it as retries(3, {"));
    }

    @Test
    void what_a_selector_holds_is_checked() {
        assertThat(said(":delegate_to({ tags = 3, strategy = 4 })"))
                .satisfiesExactlyInAnyOrder(
                        p -> assertThat(p).contains("has a 'tags' that must be a string or a list"),
                        p -> assertThat(p).contains("has a 'strategy' that must be a string"));
        assertThat(said(":agent_selector({ tags = { 3 }, region = {}, count = 0, labels = 'x' })"))
                .hasSize(4);
        assertThat(
                        bench.task(
                                        "workflow.define('w'):tasks({ task('a'):command('x')"
                                                + ":agent_selector({ tags = 'gpu', region = 'eu',"
                                                + " count = 2, labels = { disk = 'ssd' } }) })",
                                        "a")
                                .placement()
                                .toString())
                .contains("gpu");
    }

    @Test
    void artifacts_out_of_the_work_folder_are_refused() {
        assertThat(said(":artifacts({ '/etc/*', '../x', 'a/..', './', 'build/*.jar', './log' })"))
                .hasSize(4)
                .allMatch(p -> p.contains("which leads out of the work folder [SLOTH-1020]"));
    }
}
