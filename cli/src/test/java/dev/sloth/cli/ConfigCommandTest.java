package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
    @TempDir private Path folder;
    private Door door;

    @BeforeEach
    void open() {
        door = new Door(folder);
    }

    @Test
    void what_was_set_is_what_counts_unless_the_environment_says_otherwise() {
        assertThat(door.call("config", "set", "run.max_parallel=3").exit()).isZero();
        assertThat(door.call("config", "get", "run.max_parallel").out()).isEqualTo("3\n");
        door.with("SLOTH_RUN_MAX_PARALLEL", "5");
        assertThat(door.call("config", "get", "run.max_parallel").out()).isEqualTo("5\n");
        assertThat(door.call("config", "list").lines())
                .anyMatch(line -> line.matches("run.max_parallel +5 +environment +integer .*"));
    }

    @Test
    void a_switch_for_a_feature_that_is_not_built_says_so() {
        var answer = door.call("config", "set", "features.ai_optimization=true");
        assertThat(answer.exit()).isZero();
        assertThat(answer.err())
                .isEqualTo("note: this version has no ai_optimization: the feature stays off\n");
    }

    @Test
    void a_file_that_cannot_be_written_is_told_in_words_with_what_may_be_the_cause()
            throws IOException {
        Files.createDirectories(folder.resolve("home/config.yaml.new"));
        var answer = door.call("config", "set", "run.max_parallel=4");
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.err())
                .contains("SLOTH-9012", "the settings file cannot be written: ")
                .contains("yours to write", "mounted read-only")
                .doesNotContain("java.nio", "Exception", "repair or remove");
    }

    @Test
    void an_unknown_key_names_the_nearest() {
        var answer = door.call("config", "set", "run.max_paralel=3");
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.err())
                .isEqualTo(
                        """
                        error SLOTH-9010: there is no setting called 'run.max_paralel'
                          help: did you mean 'run.max_parallel'?
                        """);
        assertThat(door.call("config", "get", "run.max_paralel").exit()).isEqualTo(2);
    }

    @Test
    void the_list_as_json_has_everything_about_each_setting() {
        assertThat(door.call("config", "list", "-o", "json").out())
                .contains(
                        """
                              "key" : "run.kill_grace",
                              "value" : "2s",
                              "from" : "default",
                              "default" : "2s",
                              "type" : "duration",
                              "unit" : "seconds",
                              "variable" : "SLOTH_RUN_KILL_GRACE",
                              "flag" : "--kill-grace",
                        """);
    }

    @Test
    void validate_finds_variables_that_nothing_reads() {
        assertThat(door.call("config", "validate").lines())
                .containsExactly("ok: " + folder.resolve("home/config.yaml"));
        var answer = door.with("SLOTH_RUN_MAX_PARALEL", "1").call("config", "validate");
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.err()).contains("did you mean 'SLOTH_RUN_MAX_PARALLEL'?");
    }

    @Test
    void without_a_verb_the_verbs_are_named() {
        assertThat(door.call("config").err()).contains("get, set, list, validate");
        assertThat(door.call("config", "lst").err()).contains("did you mean 'list'?");
    }
}
