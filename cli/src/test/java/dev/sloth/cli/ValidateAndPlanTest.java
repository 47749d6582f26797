package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateAndPlanTest {
    private static final String GOOD =
            """
            local a = task("a"):command("true"):build()
            local b = task("b"):depends_on("a"):command("true"):build()
            workflow.define("good"):tasks({ a, b })
            """;

    @TempDir private Path folder;
    private Door door;

    @BeforeEach
    void open() {
        door = new Door(folder).file("good.sloth", GOOD);
        door.file(
                "bad.sloth",
                """
                local a = task("a"):retires(2):command("x"):build()
                local b = task("b"):depends_on("zz"):command("x"):build()
                workflow.define("w"):tasks({ a, b })
                """);
    }

    @Test
    void all_problems_of_all_files_are_told_at_once() {
        var answer = door.call("validate", "bad.sloth", "gone.sloth", "good.sloth");
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.out()).isEqualTo("good.sloth: ok, good (2 tasks)\n");
        assertThat(answer.err())
                .contains("at bad.sloth:1:", "'retires'", "at bad.sloth:2:", "'zz'", "gone.sloth");
    }

    @Test
    void the_document_says_for_each_file_what_is_wrong() {
        var answer = door.call("validate", "good.sloth", "bad.sloth", "-o", "json");
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out())
                .startsWith(
                        """
                        {
                          "files" : [
                            {
                              "file" : "good.sloth",
                              "valid" : true,
                              "workflows" : [
                                "good"
                              ],
                              "problems" : [ ]
                            },
                            {
                              "file" : "bad.sloth",
                              "valid" : false,
                              "workflows" : [ ],
                        """);
    }

    @Test
    void a_script_that_is_fine_is_named_with_its_workflows() {
        var answer = door.call("validate", "good.sloth");
        assertThat(answer.exit()).isZero();
        assertThat(answer.out()).isEqualTo("good.sloth: ok, good (2 tasks)\n");
    }

    @Test
    void a_plan_has_many_forms() {
        assertThat(door.call("plan", "good.sloth").lines())
                .containsExactly(
                        "good: 2 tasks", "", "step 1", "  a", "", "step 2", "  b (after a)");
        assertThat(door.call("plan", "good.sloth", "-o", "mermaid").lines())
                .containsExactly("flowchart TD", "  t1[\"a\"]", "  t2[\"b\"]", "  t1 --> t2");
        assertThat(door.call("plan", "good.sloth", "-o", "dot").out()).contains("t1 -> t2;");
        assertThat(door.call("plan", "good.sloth", "-o", "json").out())
                .contains("\"workflow\" : \"good\"", "\"depends_on\" : [\n        \"a\"\n      ]");
        assertThat(door.call("plan", "good.sloth", "-o", "yaml").out())
                .startsWith("workflow: good\n");
        assertThat(door.call("plan", "good.sloth", "-t", "a").lines())
                .containsExactly("good: 1 task", "", "step 1", "  a");
    }

    @Test
    void what_a_script_prints_while_it_is_read_does_not_mix_with_the_answer() {
        door.file("talks.sloth", "print('hello')\n" + GOOD);
        var answer = door.call("plan", "talks.sloth", "-o", "json");
        assertThat(answer.out()).startsWith("{");
        assertThat(answer.err()).isEqualTo("hello\n");
    }
}
