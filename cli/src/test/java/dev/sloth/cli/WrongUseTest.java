package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrongUseTest {
    @TempDir private Path folder;
    private Door door;

    @BeforeEach
    void open() {
        door = new Door(folder);
    }

    private void wrong(String expected, String... args) {
        var answer = door.call(args);
        assertThat(answer.err()).isEqualTo(expected);
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
    }

    @Test
    void an_unknown_command_names_the_nearest() {
        wrong(
                """
                error SLOTH-9001: there is no command 'rnu'
                  help: did you mean 'run'?
                """,
                "rnu");
    }

    @Test
    void a_script_in_place_of_a_command_is_told_how_to_run_it() {
        wrong(
                """
                error SLOTH-9001: there is no command 'deploy.sloth'
                  help: to run this file: `sloth-runner run deploy.sloth`
                """,
                "deploy.sloth");
    }

    @Test
    void all_unknown_options_are_told_at_once() {
        wrong(
                """
                error SLOTH-9001: there is no option '--vaules'
                  help: did you mean '--values'?

                error SLOTH-9001: there is no option '--vra'
                  help: did you mean '--var'?
                """,
                "run",
                "--vaules=x.yaml",
                "--vra",
                "a=1");
    }

    @Test
    void unknown_options_a_wrong_format_and_wrong_settings_are_told_together() {
        var answer = door.call("run", "a.sloth", "-o", "jsn", "--max-parallel", "zero", "--bogus");
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.err())
                .contains("-o cannot be 'jsn'", "did you mean 'json'?")
                .contains("run.max_parallel cannot be 'zero'")
                .contains("there is no option '--bogus'");
    }

    @Test
    void wrong_options_are_told_in_the_document_that_was_asked_for() {
        var json = door.call("run", "--zork", "-o", "json");
        assertThat(json.exit()).isEqualTo(2);
        assertThat(json.out())
                .contains("\"status\" : \"invalid\"", "\"code\" : \"SLOTH-9001\"", "--zork");
        assertThat(json.err()).contains("there is no option '--zork'");
        assertThat(door.call("run", "--zork", "-o", "yaml").out()).contains("--zork");
        assertThat(door.call("run", "--zork").out()).isEmpty();
    }

    @Test
    void a_circle_wrong_types_and_an_unknown_task_are_told_together() {
        door.file(
                "w.sloth",
                """
                workflow.define("w"):tasks({
                    task("a"):command("true"):depends_on("b"):timeout({}),
                    task("b"):command(5):depends_on("a"),
                })
                """);
        for (var command : new String[] {"run", "plan"}) {
            var answer = door.call(command, "w.sloth", "-t", "c", "-t", "a");
            assertThat(answer.exit()).isEqualTo(2);
            assertThat(answer.err())
                    .as(command)
                    .contains("tasks wait for each other in a circle")
                    .contains("SLOTH-1018")
                    .contains("'timeout'")
                    .contains("the workflow w has no task 'c'")
                    .doesNotContain("no task 'a'");
        }
    }

    @Test
    void wrong_labels_settings_values_and_a_wrong_script_are_told_together() {
        door.file("bad.sloth", "x = = 3\n");
        var answer =
                door.call(
                        "run",
                        "bad.sloth",
                        "--label",
                        "x",
                        "--max-parallel",
                        "zero",
                        "--var",
                        "y",
                        "--values",
                        "gone.yaml");
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.err())
                .contains("--label 'x' is not NAME=VALUE", "run.max_parallel cannot be 'zero'")
                .contains("--var 'y' is not NAME=VALUE", "the values file gone.yaml", "SLOTH-1001");
    }

    @Test
    void wrong_values_and_a_wrong_script_are_told_together() {
        door.file("bad.yaml", "a: [1\n").file("bad.sloth", "x = = 3\n");
        for (var command : new String[] {"run", "plan", "validate"}) {
            var answer = door.call(command, "bad.sloth", "--values", "bad.yaml", "--var", "x");
            assertThat(answer.exit()).isEqualTo(2);
            assertThat(answer.err())
                    .as(command)
                    .contains("SLOTH-2001", "at bad.yaml:2:1", "SLOTH-9005", "SLOTH-1001")
                    .contains("at bad.sloth:1:5");
        }
    }

    @Test
    void a_values_file_that_is_a_list_is_refused() {
        door.file("list.yaml", "[1, 2]\n").file("w.sloth", "task('a')\n");
        var answer = door.call("run", "w.sloth", "--values", "list.yaml");
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.err()).contains("SLOTH-2002", "a list, not a table of names");
    }

    @Test
    void a_values_file_that_nests_too_deep_is_told_without_names_of_java() {
        door.file("deep.json", "[".repeat(5_000)).file("w.sloth", "task('a')\n");
        var answer = door.call("run", "w.sloth", "--values", "deep.json");
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.err()).contains("SLOTH-2001").contains("nests deeper than");
        assertThat(answer.err()).doesNotContain("StreamReadConstraints");
    }

    @Test
    void every_problem_of_a_field_says_what_to_do() {
        door.file(
                "w.sloth",
                """
                workflow.define("w"):tasks({
                    task("a"):command("true"):retries("many"):user({}),
                    {name = 3, command = "true"}, {command = "true"},
                })
                """);
        var answer = door.call("validate", "w.sloth");
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.err())
                .contains("  help: How often a failed attempt is tried again")
                .contains("  help: The user that its processes run as.")
                .contains("a task needs a name, which is text")
                .contains("  help: Call it something short")
                .doesNotContain("two tasks called ''", "has no command");
        assertThat(door.call("validate", "none.sloth").err()).contains("  help: Check its path.");
    }

    @Test
    void an_option_without_its_value_is_told() {
        var answer = door.call("run", "--values");
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.err()).contains("SLOTH-9001").contains("--values");
    }

    @Test
    void an_unknown_format_names_the_known_ones() {
        wrong(
                """
                error SLOTH-9001: -o cannot be 'jsn': it must be one of text, json, yaml
                  help: did you mean 'json'?
                """,
                "validate",
                "-o",
                "jsn");
    }

    @Test
    void without_a_file_the_scripts_here_are_named() {
        door.file("b.sloth", "").file("a.sloth", "").file("c.txt", "");
        wrong(
                """
                error SLOTH-9002: no file was given, and there is no Slothfile or workflow.sloth here
                  help: name one of the scripts here: a.sloth, b.sloth
                """,
                "run");
    }

    @Test
    void a_folder_in_place_of_a_script_is_told_with_the_scripts_in_it() {
        door.file("flows/b.sloth", "").file("flows/a.sloth", "").file("empty/x.txt", "");
        wrong(
                """
                error SLOTH-9002: 'flows' is a folder, not a script
                  help: name one of the scripts in it: flows/a.sloth, flows/b.sloth
                """,
                "run",
                "flows");
        assertThat(door.call("run", "empty").err()).contains("'empty' is a folder");
        for (var word : new String[] {".", "..", "flows/"}) {
            assertThat(door.call("run", word).err()).as(word).contains("SLOTH-1007", "is a folder");
        }
    }

    @Test
    void a_file_without_an_end_is_refused_and_not_read_to_its_end() {
        door.file("w.sloth", "task('a')");
        for (var args :
                new String[][] {
                    {"run", "/dev/zero"},
                    {"validate", "/dev/zero"},
                    {"run", "w.sloth", "--values", "/dev/zero"},
                    {"lua", "/dev/zero"}
                }) {
            var answer = door.call(args);
            assertThat(answer.exit()).as(args[0]).isEqualTo(2);
            assertThat(answer.err())
                    .as(args[0])
                    .containsPattern("SLOTH-(1009|9006|9040)")
                    .contains("  help: ")
                    .containsAnyOf("is larger than 8 MiB", "it has more than");
        }
    }

    @Test
    void what_comes_out_of_a_pipe_is_read_once() throws IOException, InterruptedException {
        door.file("w.sloth", "workflow.define('w'):tasks{task('a'):command('echo ' .. values.x)}");
        var pipe = folder.resolve("values");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        var writer =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                Files.writeString(pipe, "x: through", StandardOpenOption.WRITE);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
        var answer = door.call("run", "w.sloth", "--values", "values");
        writer.join();
        assertThat(answer.err()).isEmpty();
        assertThat(answer.exit()).isZero();
        assertThat(answer.out()).contains("[a] through");
        // Without a writer it would wait for one: it is taken for a script, not for a workflow.
        assertThat(Target.of(List.of("values"), "", folder).shown()).isEqualTo("values");
    }

    @Test
    void a_label_on_a_run_of_which_nothing_is_kept_is_refused() {
        door.file("w.sloth", "workflow.define('w'):tasks{task('a'):command('true')}");
        wrong(
                """
                error SLOTH-9001: --in-memory and --label do not go together: a label is kept with the run
                  help: leave one of them out
                """,
                "run",
                "w.sloth",
                "--in-memory",
                "--label",
                "a=b");
    }

    @Test
    void two_files_are_one_too_many() {
        wrong(
                """
                error SLOTH-9002: one file at a time, but these are a.sloth and b.sloth
                  help: run them one after the other
                """,
                "run",
                "-f",
                "a.sloth",
                "b.sloth");
    }

    @Test
    void wrong_values_are_told_all_at_once_with_their_lines() {
        door.file("bad.yaml", "a: 1\nb: [1\n").file("list.yaml", "- 1\n");
        door.file("a.sloth", "error('never run')");
        var answer =
                door.call(
                        "run",
                        "a.sloth",
                        "--values",
                        "bad.yaml",
                        "--values",
                        "gone.yaml",
                        "--values",
                        "list.yaml",
                        "--var",
                        "x",
                        "--var",
                        "a..b=1",
                        "--var",
                        "l=[1");
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.err())
                .contains("bad.yaml:")
                .contains("the values file gone.yaml cannot be read: there is no such file")
                .contains("--var 'x' is not NAME=VALUE")
                .contains("--var 'a..b=1' is not NAME=VALUE")
                .contains("--var 'l=[1' cannot be read")
                .doesNotContain("never run");
    }

    @Test
    void a_wrong_setting_is_told_before_anything_runs() {
        door.with("SLOTH_RUN_MAX_PARALLEL", "many").file("a.sloth", "error('never run')");
        wrong(
                """
                error SLOTH-9011: run.max_parallel cannot be 'many': it must be a whole number
                  at SLOTH_RUN_MAX_PARALLEL
                  help: the default is 0
                """,
                "run",
                "a.sloth");
    }

    @Test
    void a_fault_of_ours_is_one_line_and_its_own_exit_code() {
        // A home that is a file makes the settings unreadable in a way nobody expects.
        var answer = door.with("SLOTH_HOME", "\0").call("config", "list");
        assertThat(answer.exit()).isEqualTo(70);
        assertThat(answer.complaints()).singleElement().asString().startsWith("error SLOTH-9000: ");
        assertThat(door.call("config", "list", "-v").complaints()).hasSizeGreaterThan(5);
    }
}
