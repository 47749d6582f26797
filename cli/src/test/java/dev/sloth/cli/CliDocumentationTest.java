package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.cli.config.Layers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Holds docs/cli.md to what the program says of itself.
class CliDocumentationTest {
    private static final Path PAGE =
            Path.of(System.getProperty("sloth.root", "..")).resolve("docs/cli.md");
    private static final String TABLE_START = "<!-- settings -->\n";
    private static final String TABLE_END = "<!-- end of settings -->";

    @TempDir private Path folder;

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }

    @Test
    void the_table_of_settings_is_the_declarations() throws IOException {
        var page = page();
        int from = page.indexOf(TABLE_START) + TABLE_START.length();
        assertThat(page.substring(from, page.indexOf(TABLE_END)))
                .as("replace the table in docs/cli.md with this")
                .isEqualTo(settings());
    }

    private static String settings() {
        var lines = new ArrayList<String>();
        lines.add("| key | default | type | variable | flag | meaning |");
        lines.add("|---|---|---|---|---|---|");
        for (var s : Layers.settings()) {
            lines.add(
                    "| `%s` | `%s` | %s | `%s` | `%s` | %s |"
                            .formatted(
                                    s.key(),
                                    s.standard(),
                                    s.kind().name().replace("|", ", "),
                                    s.variable(),
                                    s.flag(),
                                    s.doc()));
        }
        return String.join("\n", lines) + "\n";
    }

    @Test
    void every_command_is_on_the_page_and_helps() throws IOException {
        var page = page();
        assertThat(Commands.all()).hasSizeGreaterThan(5);
        for (var name : Commands.all().keySet()) {
            assertThat(page).contains("[`" + name + "`](#" + name + ")", "\n## " + name + "\n");
            var help = new Door(folder).call(name, "--help");
            assertThat(help.exit()).isZero();
            assertThat(help.out()).startsWith("Usage: sloth-runner " + name);
            assertThat(new Door(folder).call("help", name).exit()).isZero();
        }
    }

    @Test
    void every_command_and_option_says_what_it_is() {
        var silent = new ArrayList<String>();
        silent(Help.whole(), silent);
        assertThat(silent).isEmpty();
    }

    private static void silent(CommandLine line, List<String> silent) {
        var spec = line.getCommandSpec();
        if (spec.usageMessage().description().length == 0) {
            silent.add(spec.qualifiedName());
        }
        for (var arg : spec.args()) {
            if (arg.description().length == 0) {
                silent.add(spec.qualifiedName() + " " + arg.paramLabel());
            }
        }
        line.getSubcommands().values().forEach(below -> silent(below, silent));
    }

    @Test
    void the_usage_of_a_command_says_its_words_once() {
        assertThat(usage("agent", "run")).isEqualTo("[OPTIONS] NAME COMMAND...");
        assertThat(usage("agent", "exec")).isEqualTo("[OPTIONS] COMMAND...");
    }

    private String usage(String... command) {
        var words = new ArrayList<>(List.of(command));
        words.add("--help");
        var line =
                new Door(folder)
                        .call(words.toArray(String[]::new))
                        .out()
                        .lines()
                        .findFirst()
                        .orElseThrow();
        return line.replace("Usage: sloth-runner " + String.join(" ", command) + " ", "");
    }

    @Test
    void the_options_of_run_are_on_the_page() throws IOException {
        var page = page();
        for (var option : new RunCommand().spec().options()) {
            assertThat(page).contains("`" + option.longest());
        }
    }

    @Test
    void every_setting_has_a_flag_that_commands_know() {
        var flags = new RunCommand().spec().optionNames();
        assertThat(flags).containsAll(Layers.settings().stream().map(s -> s.flag()).toList());
    }

    @Test
    void the_version_is_told_before_anything_else_is_read() {
        var door = new Door(folder).with("SLOTH_RUN_MAX_PARALLEL", "nonsense");
        for (var asked : List.of("version", "--version", "-V")) {
            assertThat(door.call(asked).out()).startsWith("sloth-runner ").contains(", Java 25");
        }
    }

    @Test
    void help_lists_every_command() {
        assertThat(new Door(folder).call("help").lines())
                .filteredOn(line -> line.matches("  [a-z]+ +.*"))
                .hasSizeGreaterThanOrEqualTo(Commands.all().size());
        assertThat(new Door(folder).call().out()).isEqualTo(new Door(folder).call("--help").out());
    }
}
