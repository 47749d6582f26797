package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.agent.process.ChildProcesses;
import dev.sloth.agent.process.CommandRecord;
import dev.sloth.agent.process.ProcessConfig;
import dev.sloth.agent.process.ProcessIdentity;
import dev.sloth.agent.process.ProcessMark;
import dev.sloth.api.plugin.Processes.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What runs in memory leave in the home folder.
@Timeout(120)
class LeftFoldersTest {
    private static final String RUN = "20260102-030405-1a2b3c4d";

    @TempDir private Path folder;
    private Door door = new Door(Path.of(""));
    private Path left = Path.of("");

    @BeforeEach
    void open() {
        door = new Door(folder);
        left = folder.resolve("home/runs").resolve(RUN);
    }

    private void leave(ProcessIdentity runner) {
        door.file(note(), runner.boot() + " " + runner.pid() + " " + runner.started() + "\n")
                .file(made("long-1").toString(), "123456789");
    }

    /// What an attempt has made in its folder.
    private Path made(String attempt) {
        return left.resolve("work").resolve(attempt).resolve("made");
    }

    private static String note() {
        return "home/runs/" + RUN + "/runner";
    }

    /// Nobody has its start.
    private static ProcessIdentity gone() throws IOException {
        return new ProcessIdentity(ProcessIdentity.bootHere(), ProcessIdentity.here().pid(), 1);
    }

    @Test
    void a_run_in_memory_says_who_drives_it_and_leaves_nothing() throws IOException {
        door.file(
                "a.sloth",
                """
                workflow.define("w"):tasks({
                    task("a"):command("cat '%s'/runs/*/runner > '%s'"),
                })
                """
                        .formatted(folder.resolve("home"), folder.resolve("seen")));
        assertThat(door.call("run", "a.sloth", "--in-memory").exit()).isZero();
        var here = ProcessIdentity.here();
        assertThat(door.read("seen"))
                .isEqualTo(here.boot() + " " + here.pid() + " " + here.started() + "\n");
        try (var runs = Files.list(folder.resolve("home/runs"))) {
            assertThat(runs).isEmpty();
        }
    }

    @Test
    void what_a_killed_run_in_memory_has_left_is_ended_and_removed_but_for_its_artifacts()
            throws Exception {
        leave(gone());
        door.file("home/runs/" + RUN + "/artifacts/long/kept.txt", "kept");
        var config = ProcessConfig.defaults(Map.of("PATH", System.getenv("PATH")));
        try (var processes = new ChildProcesses(config, new SplittableRandom(1))) {
            var attempt = left.resolve("attempts/long-1");
            var record = new CommandRecord(attempt.resolve("command-1"));
            var command = Command.of(List.of("sleep", "300"), folder);
            var running =
                    CompletableFuture.supplyAsync(() -> {
                        try {
                            return processes.run(
                                    command, record, ProcessMark.of(attempt), (_, _) -> {});
                        } catch (IOException | InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    });
            while (!Files.exists(attempt.resolve("command-1/start"))) {
                Thread.onSpinWait();
            }
            var dry = door.call("gc", "--dry-run");
            assertThat(dry.out()).contains("would end and remove what killed runs", RUN);
            assertThat(made("long-1")).exists();
            assertThat(running).isNotDone();
            assertThat(door.call("gc", "-o", "json").out()).contains("\"left\" : [", RUN);
            assertThat(running)
                    .succeedsWithin(60, TimeUnit.SECONDS)
                    .satisfies(ended -> assertThat(ended.orElseThrow().exitCode()).isEqualTo(143));
        }
        assertThat(left.resolve("work")).doesNotExist();
        assertThat(left.resolve("attempts")).doesNotExist();
        assertThat(folder.resolve(note())).doesNotExist();
        assertThat(door.read("home/runs/" + RUN + "/artifacts/long/kept.txt")).isEqualTo("kept");
        assertThat(door.call("gc").out()).startsWith("removed 0 of 0 runs");
    }

    @Test
    void without_artifacts_its_folder_goes_too() throws IOException {
        leave(gone());
        assertThat(door.call("gc").out())
                .contains("ended and removed what killed runs in memory have left: " + RUN)
                .contains("freed 9 B");
        assertThat(left).doesNotExist();
    }

    @Test
    void a_run_in_memory_that_goes_on_is_left_alone() throws IOException {
        leave(ProcessIdentity.here());
        assertThat(door.call("gc").out()).startsWith("removed 0 of 0 runs");
        assertThat(made("long-1")).exists();
    }

    @Test
    void a_runner_of_another_machine_is_given_a_month() throws IOException {
        leave(new ProcessIdentity("another", 1, 1));
        assertThat(door.call("gc").out()).startsWith("removed 0 of 0 runs");
        var then = FileTime.from(Instant.now().minus(Duration.ofDays(31)));
        Files.setLastModifiedTime(folder.resolve(note()), then);
        assertThat(door.call("gc").out()).contains(RUN);
        assertThat(left).doesNotExist();
    }

    @Test
    void folders_of_runs_that_have_ended_are_left_for_the_user_to_look_at() {
        door.file(made("failed-1").toString(), "123456789");
        assertThat(door.call("gc").out()).startsWith("removed 0 of 0 runs");
        assertThat(made("failed-1")).exists();
    }
}
