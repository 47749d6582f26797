package dev.sloth.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
    @TempDir private Path home;

    private void file(String text) throws IOException {
        Files.writeString(Layers.file(home), text);
    }

    private String file() throws IOException {
        return Files.readString(Layers.file(home));
    }

    private Layers read() {
        return Layers.read(home, Map.of(), Map.of());
    }

    private List<String> problems() {
        return read().problems().stream().map(Problem::toString).toList();
    }

    @Test
    void without_a_file_everything_has_its_default() {
        var config = read().config();
        assertThat(config.maxParallel()).isZero();
        assertThat(config.killGrace()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.defineMemory()).isEqualTo(256L << 20);
        assertThat(config.features()).containsEntry("workflow_engine", "stable");
    }

    @Test
    void none_and_zero_mean_that_everything_is_kept() throws IOException {
        file("retention:\n  age: none\n  count: 0\n  size: none\n");
        var kept = read().config().kept();
        assertThat(kept.age()).isZero();
        assertThat(kept.count()).isZero();
        assertThat(kept.bytes()).isZero();
        file("retention:\n  age: never\n  size: -1\n");
        assertThat(problems()).hasSize(2).allMatch(problem -> problem.contains("9011"));
    }

    @Test
    void a_flag_beats_the_environment_which_beats_the_file() throws IOException {
        file("run:\n  max_parallel: 1\n  kill_grace: 2s\nscript:\n  execute_steps: 5000\n");
        var layers =
                Layers.read(
                        home,
                        Map.of("SLOTH_RUN_MAX_PARALLEL", "2", "SLOTH_RUN_KILL_GRACE", "3s"),
                        Map.of("run.max_parallel", "4"));
        var config = layers.config();
        assertThat(config.maxParallel()).isEqualTo(4);
        assertThat(config.killGrace()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.executeSteps()).isEqualTo(5_000);
        assertThat(layers.origin(Settings.MAX_PARALLEL).from()).isEqualTo("flag");
        assertThat(layers.origin(Settings.KILL_GRACE).from()).isEqualTo("environment");
        assertThat(layers.origin(Settings.EXECUTE_STEPS).from()).isEqualTo("file");
        assertThat(layers.origin(Settings.COLOUR).from()).isEqualTo("default");
    }

    @Test
    void all_that_is_wrong_in_the_file_is_told_at_once_with_its_line() throws IOException {
        file("run:\n  max_paralel: 4\n  kill_grace: soon\noutput:\n  colour: pink\n");
        assertThat(problems())
                .satisfiesExactly(
                        first -> assertThat(first).contains("config.yaml:2:3").contains("9010"),
                        second -> assertThat(second).contains("config.yaml:3:3").contains("9011"),
                        third -> assertThat(third).contains("config.yaml:5:3").contains("pink"));
        assertThat(read().problems().getFirst().remedy())
                .isEqualTo("did you mean 'run.max_parallel'?");
        assertThatThrownBy(() -> read().config()).isInstanceOf(Problems.class);
    }

    @Test
    void what_is_not_a_settings_file_is_told_with_its_place() throws IOException {
        file("run:\n  max_parallel: [1\n");
        assertThat(problems()).singleElement().asString().contains("9012").contains("config.yaml:");
        file("- a\n");
        assertThat(problems()).singleElement().asString().contains("must hold names with values");
        Files.write(Layers.file(home), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThat(problems()).singleElement().asString().contains("not UTF-8");
    }

    @Test
    void an_empty_section_is_no_mistake() throws IOException {
        file("run:\n");
        assertThat(problems()).isEmpty();
    }

    @Test
    void setting_a_value_leaves_the_rest_of_the_file_as_it_was() throws IOException {
        file("# mine\nrun:\n  # why four\n  max_parallel: 4 # cores\n\noutput:\n  colour: never\n");
        Layers.write(
                home,
                List.of("run.max_parallel=8", "run.kill_grace=1s", "script.execute_steps=9999"));
        assertThat(file())
                .isEqualTo(
                        """
                        # mine
                        run:
                          # why four
                          kill_grace: 1s
                          max_parallel: 8 # cores

                        output:
                          colour: never
                        script:
                          execute_steps: 9999
                        """);
        assertThat(read().config().executeSteps()).isEqualTo(9_999);
    }

    @Test
    void a_setting_goes_into_a_file_that_was_not_there() throws IOException {
        var fresh = home.resolve("deep/er");
        Layers.write(fresh, List.of("features.ai_optimization=true"));
        assertThat(Files.readString(Layers.file(fresh)))
                .isEqualTo("features:\n  ai_optimization: true\n");
    }

    @Test
    void a_feature_that_is_not_built_stays_off_and_says_so() {
        assertThat(Layers.write(home, List.of("features.ai_optimization=true")))
                .containsExactly(
                        "note: this version has no ai_optimization: the feature stays off");
        assertThat(read().config().features()).containsEntry("ai_optimization", "off");
    }

    @Test
    void wrong_settings_are_refused_together_and_nothing_is_written() {
        assertThatThrownBy(() ->
                        Layers.write(
                                home,
                                List.of(
                                        "run.max_parallel=-1",
                                        "run.max_paralel=1",
                                        "nonsense",
                                        "run.kill_grace=1s")))
                .isInstanceOfSatisfying(Problems.class, e -> assertThat(e.list()).hasSize(3));
        assertThat(Layers.file(home)).doesNotExist();
    }

    @Test
    void a_section_in_braces_is_left_to_its_owner() throws IOException {
        file("run: {max_parallel: 4}\n");
        assertThatThrownBy(() -> Layers.write(home, List.of("run.kill_grace=1s")))
                .isInstanceOf(Problems.class)
                .hasMessageContaining("by hand");
        Layers.write(home, List.of("run.max_parallel=5"));
        assertThat(file()).isEqualTo("run: {max_parallel: 5}\n");
    }

    @Test
    void amounts_are_read_as_people_write_them() {
        assertThat(Amounts.bytes("16MiB")).isEqualTo(16L << 20);
        assertThat(Amounts.bytes("100")).isEqualTo(100);
        assertThat(Amounts.time("1h30m")).isEqualTo(Duration.ofMinutes(90));
        assertThat(Amounts.time("0.5")).isEqualTo(Duration.ofMillis(500));
        for (var wrong : List.of("", "1x", "m", "1m x", "-1s", "99999999999GiB")) {
            assertThatThrownBy(() -> Amounts.time(wrong))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Amounts.bytes(wrong))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void every_default_is_within_its_own_bounds_and_every_setting_says_what_it_is() {
        assertThat(Layers.settings()).hasSizeGreaterThan(10);
        for (var setting : Layers.settings()) {
            assertThat(setting.fault(setting.standard(), dev.sloth.api.workflow.Span.NOWHERE))
                    .isEmpty();
            assertThat(setting.doc()).endsWith(".");
            assertThat(setting.variable()).matches("SLOTH_[A-Z_]+");
            assertThat(setting.flag()).matches("--[a-z-]+");
        }
    }
}
