package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
    @TempDir private Path folder;

    @Test
    void the_script_for_bash_knows_commands_and_options() {
        var answer = new Door(folder).call("completion", "bash");
        assertThat(answer.exit()).isZero();
        assertThat(answer.out())
                .startsWith("#!/usr/bin/env bash")
                .contains("sloth-runner", "'--dry-run'", "validate");
        assertThat(new Door(folder).call("completion", "zsh").out()).isEqualTo(answer.out());
    }

    @Test
    void the_script_for_fish_knows_commands_below_commands() {
        assertThat(new Door(folder).call("completion", "fish").lines())
                .contains(
                        "complete -c sloth-runner -n '__fish_seen_subcommand_from config; and not"
                                + " __fish_seen_subcommand_from get set list validate' -f -a set -d"
                                + " 'Writes settings into the file; the rest of it stays as it"
                                + " is.'")
                .allMatch(line -> line.startsWith("complete -c sloth-runner -n '"));
    }

    @Test
    void an_unknown_shell_is_told_which_there_are() {
        assertThat(new Door(folder).call("completion", "fihs").err()).contains("'fish'");
    }
}
