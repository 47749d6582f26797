package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The examples say on agents what they say here.
class ExamplesOnAgentsTest {
    private static final Path EXAMPLES =
            Path.of(System.getProperty("sloth.root", "..")).resolve("examples");

    @TempDir private Path folder;
    private Door door;
    private Site site;

    @BeforeEach
    void open() throws Exception {
        copy(EXAMPLES, folder.resolve("examples"));
        // What says where a project begins.
        Files.createDirectory(folder.resolve(".git"));
        door = new Door(folder);
        site = new Site(folder, door);
        site.agent("web1");
    }

    @AfterEach
    void close() throws Exception {
        site.close();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (var each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each)));
            }
        }
    }

    /// Tasks that go on beside each other say what they say in any order; nor does it matter when,
    /// or where.
    private static List<String> said(Door.Answer answer) {
        return answer.lines().stream()
                // What a shell says that ends after its child, by chance.
                .filter(line -> !line.endsWith("Terminated"))
                .map(line ->
                        line.replaceAll("[0-9]{8}-[0-9]{6}-[0-9a-f]{8}", "ID")
                                .replaceAll("[0-9]+(\\.[0-9]+)?(ms|s)\\b", "TIME")
                                .replaceAll("(started.*?),? on web1$", "$1")
                                .replaceAll(" +", " "))
                .sorted()
                .toList();
    }

    /// It shows what a failure looks like.
    private static boolean failing(String example) {
        return example.startsWith("retries");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "channels_and_workers.sloth",
                "ci_pipeline/pipeline.sloth",
                "conditions_and_hooks.sloth --var release=true",
                "events_and_hooks/hooks.sloth",
                "events_and_hooks/release.sloth",
                "fan_out.sloth --var parts=3",
                "files_and_git.sloth",
                "hello_world.sloth",
                "pools_and_pipelines.sloth",
                "retries_and_timeouts.sloth",
                "scheduled_backup.sloth",
                "shared_state.sloth --var hosts=3",
                "staged_pipeline.sloth",
                "values_and_environments/deploy.sloth --values"
                        + " examples/values_and_environments/defaults.yaml",
            })
    void an_example_says_on_an_agent_what_it_says_here(String example) {
        var words = new ArrayList<>(List.of(("run examples/" + example).split(" ")));
        var here = door.call(words.toArray(String[]::new));
        var there = site.call(words.toArray(String[]::new));

        assertThat(said(there)).as(there.err()).isEqualTo(said(here)).hasSizeGreaterThan(1);
        assertThat(there.exit()).isEqualTo(here.exit()).isEqualTo(failing(example) ? 1 : 0);
    }
}
