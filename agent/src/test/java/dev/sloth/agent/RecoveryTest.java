package dev.sloth.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.agent.process.ProcessMark;
import dev.sloth.agent.process.Victim;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Processes.Command;
import dev.sloth.api.secret.Secret;
import dev.sloth.api.secret.Secrets;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Outcome.Status;
import dev.sloth.api.workflow.TaskHook;
import dev.sloth.api.workflow.Workdir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {
    private static final Value TRUE = Value.Bool.TRUE;
    private static final long SOON_SECONDS = 20;

    @TempDir Path folder;
    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(folder);
    }

    @AfterEach
    void close() throws IOException {
        bench.processes.endAll(bench.job().record().mark());
        bench.close();
    }

    /// Lets another process begin the attempt and kills it once the attempt has said `up`.
    private void crash(String what, String line) throws Exception {
        try (var victim =
                Victim.start(
                        CrashedRunner.class, List.of(), List.of(folder.toString(), what, line))) {
            victim.awaitLine("up"::equals);
            victim.kill();
        }
    }

    private void says(TaskHook hook) {
        bench.hook(
                hook,
                (state, _) -> {
                    state.around.print(hook.name());
                    return List.of(TRUE);
                });
    }

    /// What the command and hooks said, without what the executor says about them.
    private List<String> said() {
        return bench.lines.stream().filter(line -> !line.startsWith("warn: the hook")).toList();
    }

    private static boolean alive(Path pidFile) throws IOException {
        var stat = Path.of("/proc/" + Files.readString(pidFile).strip() + "/stat");
        return Files.exists(stat) && !Files.readString(stat).contains(") Z");
    }

    private void go() throws IOException {
        Files.writeString(folder.resolve("go"), "");
    }

    private String waitForGo() {
        return "until [ -e %s/go ]; do sleep 0.01; done; ".formatted(folder);
    }

    @Test
    void a_command_that_lives_is_waited_for_and_the_rest_of_the_attempt_follows() throws Exception {
        crash("shell", "echo up; echo 1 > app.tar; " + waitForGo() + "echo again; ls");
        bench.artifactsKept = List.of("*.tar");
        says(TaskHook.ON_SUCCESS);
        says(TaskHook.POST);
        go();

        var outcome = bench.shell("not run").recover();

        assertThat(outcome.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(outcome.outputs().at("stdout")).isEqualTo(Text.of("up\nagain\napp.tar\n"));
        assertThat(bench.lines)
                .containsExactly(
                        "out: up", "out: again", "out: app.tar", "out: ON_SUCCESS", "out: POST");
        assertThat(bench.artifacts.copyInto(Bench.RUN, "app.tar", folder)).hasSize(1);
        assertThat(bench.work().resolve("build-1")).doesNotExist();
    }

    @Test
    void a_command_that_had_not_begun_runs_and_its_conditions_are_asked() throws Exception {
        assertThat(bench.shell("echo ran").recover().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(bench.lines).containsExactly("out: ran");

        bench.number = 2;
        bench.job().record().begin(TaskHook.PRE);
        says(TaskHook.PRE);
        assertThat(bench.recover().status()).isEqualTo(Status.UNKNOWN);

        bench.name = "other";
        bench.number = 1;
        bench.hooks.clear();
        bench.runIf = new Condition.Shell("exit 1");
        assertThat(bench.recover().status()).isEqualTo(Status.SKIPPED);
        assertThat(bench.lines).containsExactly("out: ran");
    }

    @Test
    void nobody_can_tell_what_happened_before_the_machine_was_started_anew() throws Exception {
        bench.shell("echo ran");
        assertThat(bench.recover("another").status()).isEqualTo(Status.UNKNOWN);
        assertThat(bench.lines).isEmpty();

        bench.execute();
        assertThat(bench.recover("another").status())
                .as("an exit code is believed")
                .isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void what_a_lost_command_had_written_is_handed_on() throws Exception {
        crash("shell", "echo early; echo late >&2; echo up; sleep 600");

        assertThat(bench.shell("not run").recover("another").status()).isEqualTo(Status.UNKNOWN);
        assertThat(bench.lines).containsExactlyInAnyOrder("out: early", "err: late", "out: up");
    }

    @Test
    void what_a_command_had_printed_is_hidden_by_all_that_its_run_was_given() throws Exception {
        crash("shell", "echo old-s3cret; echo new-s3cret; echo up; " + waitForGo() + "exit 3");
        bench.secrets = secrets("new-s3cret", "old-s3cret");
        go();

        assertThat(bench.shell("not run").recover().status()).isEqualTo(Status.FAILED);
        assertThat(bench.lines).containsExactly("out: ***", "out: ***", "out: up");
    }

    private static RunSecrets secrets(String now, String earlier) {
        return RunSecrets.of(
                new Secrets(Map.of("token", Secret.of(now)), List.of(Secret.of(earlier))));
    }

    @Test
    void what_a_command_had_printed_is_withheld_when_nobody_knows_what_it_was_given()
            throws Exception {
        crash("shell", "echo old-s3cret; echo up; echo old-s3cret >&2; " + waitForGo() + "exit 0");
        bench.secrets = secrets("new-s3cret", "another-s3cret").withoutEarlier();
        says(TaskHook.POST);
        go();

        var outcome = bench.shell("not run").recover();

        assertThat(outcome.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(outcome.outputs().at("exit_code")).isEqualTo(new Value.Num(0));
        assertThat(outcome.outputs().at("stdout")).isEqualTo(Value.Nil.NIL);
        assertThat(bench.lines).hasSize(2).last().isEqualTo("out: POST");
        assertThat(bench.lines.getFirst()).startsWith("warn: ").contains("withheld", "SLOTH-4517");
    }

    @Test
    void why_a_command_failed_is_withheld_too_and_so_is_what_a_lost_one_had_printed()
            throws Exception {
        crash("shell", "echo up; echo old-s3cret >&2; " + waitForGo() + "exit 3");
        bench.secrets = secrets("new-s3cret", "another-s3cret").withoutEarlier();
        assertThat(bench.shell("not run").recover("another").status()).isEqualTo(Status.UNKNOWN);
        assertThat(bench.lines).singleElement().asString().contains("withheld");

        bench.name = "other";
        bench.shell("echo old-s3cret >&2; exit 3").execute();
        bench.lines.clear();
        var outcome = bench.recover();
        assertThat(outcome.message()).isEqualTo("the command ended with exit code 3");
        assertThat(bench.lines).singleElement().asString().contains("withheld");
    }

    @Test
    void an_attempt_whose_secret_is_missing_is_cancelled_and_nothing_starts_without_it()
            throws Exception {
        crash("shell", "echo $$ > %s/pid; echo up; sleep 600".formatted(folder));
        bench.secretEnvironment = Map.of("TOKEN", "token");
        bench.secrets = RunSecrets.NONE.without(Map.of("token", "nobody has it"));
        bench.hook(
                TaskHook.POST,
                (state, _) -> {
                    state.around.print("TOKEN " + state.around.environment().containsKey("TOKEN"));
                    try {
                        var line = Command.shell("/bin/sh", "echo ran", state.around.folder());
                        state.around.processes().run(line);
                    } catch (CallFailure e) {
                        state.around.print("refused: " + e.getMessage());
                    }
                    return List.of(TRUE);
                });
        bench.shell("echo not run");
        Thread.currentThread().interrupt();

        assertThat(bench.recover().status()).isEqualTo(Status.CANCELLED);
        assertThat(alive(folder.resolve("pid"))).isFalse();
        assertThat(bench.lines)
                .containsExactly(
                        "out: up",
                        "out: TOKEN false",
                        "out: refused: the secret 'token' is missing: nobody has it");
        bench.name = "other";
        var begun = bench.execute();
        assertThat(begun.status()).isEqualTo(Status.FAILED);
        assertThat(begun.message()).contains("'token' is missing");
    }

    @Test
    void what_ended_before_its_outcome_was_kept_ends_the_same_and_calls_no_hook_twice()
            throws Exception {
        bench.artifactsKept = List.of("*.tar");
        says(TaskHook.PRE);
        says(TaskHook.ON_SUCCESS);
        bench.hook(TaskHook.POST, (_, _) -> List.of(Value.Bool.FALSE, Text.of("dirty")));
        var before = bench.shell("echo ran; touch app.tar").execute();
        bench.lines.clear();

        assertThat(bench.recover()).isEqualTo(before);
        assertThat(before.message()).isEqualTo("post_hook: dirty");
        assertThat(said()).containsExactly("out: ran");
        assertThat(bench.lines)
                .as("who looks later should know that hooks may have been cut short")
                .anyMatch(line -> line.startsWith("warn: the hook on_success had begun"));
    }

    @Test
    void a_forgotten_attempt_leaves_nothing() throws Exception {
        bench.shell("true").execute();
        assertThat(folder.resolve("runs/run-1/attempts/build-1")).exists();

        bench.executor.forget(bench.job().run(), bench.job().assignment().id());
        assertThat(folder.resolve("runs/run-1/attempts/build-1")).doesNotExist();
    }

    @Test
    void the_time_limit_goes_on_where_it_was() throws Exception {
        // A shell whose command is ended before itself says so, at times.
        crash(
                "shell",
                "exec 2>/dev/null; echo $$ > " + folder + "/pid; echo up; sleep 100; sleep 9");
        says(TaskHook.ON_TIMEOUT);
        bench.timeout = Duration.ofMillis(300);
        long began = System.nanoTime();

        var outcome = bench.shell("not run").recover();

        assertThat(outcome.status()).isEqualTo(Status.TIMED_OUT);
        assertThat(outcome.message()).isEqualTo("the attempt took longer than 300ms");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        assertThat(alive(folder.resolve("pid"))).isFalse();
        assertThat(bench.lines).contains("out: ON_TIMEOUT");

        bench.lines.clear();
        assertThat(bench.recover()).as("once more").isEqualTo(outcome);
        assertThat(said()).containsExactly("out: up");
    }

    @Test
    void interrupting_a_rejoined_attempt_cancels_it_with_its_tree() throws Exception {
        crash("shell", "(sleep 100 & echo $! > " + folder + "/pid); echo up; sleep 100; sleep 9");
        says(TaskHook.POST);
        bench.shell("not run");
        var answer = new FutureTask<Outcome>(bench::recover);
        var thread = Thread.ofVirtual().start(answer);
        while (bench.lines.isEmpty()) {
            Thread.onSpinWait();
        }

        thread.interrupt();

        assertThat(answer.get(SOON_SECONDS, TimeUnit.SECONDS).status()).isEqualTo(Status.CANCELLED);
        assertThat(alive(folder.resolve("pid"))).isFalse();
        assertThat(bench.lines).contains("out: POST");
    }

    @Test
    void what_was_cancelled_while_no_runner_was_there_ends_with_its_hooks() throws Exception {
        // No shell stays behind, which might say what became of its child before it ends itself.
        crash("shell", "echo $$ > " + folder + "/pid; echo up; exec sleep 100");
        says(TaskHook.POST);
        bench.shell("not run");

        Thread.currentThread().interrupt();
        var outcome = bench.recover();

        assertThat(outcome.status()).isEqualTo(Status.CANCELLED);
        assertThat(alive(folder.resolve("pid"))).isFalse();
        assertThat(bench.lines).containsExactly("out: up", "out: POST");
        assertThat(bench.recover().status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void an_interrupt_at_any_moment_leaves_nothing_of_a_killed_runner_alive() throws Exception {
        crash("shell", "echo $$ > " + folder + "/pid; echo up; sleep 100; sleep 9");
        bench.shell("not run");
        var answer = new FutureTask<Outcome>(bench::recover);
        var thread = Thread.ofPlatform().start(answer);
        while (!answer.isDone()) {
            thread.interrupt();
        }

        assertThat(answer.get().status()).isEqualTo(Status.CANCELLED);
        assertThat(alive(folder.resolve("pid"))).isFalse();
    }

    @Test
    void a_function_is_never_continued_and_its_processes_end() throws Exception {
        crash("function", "echo $$ > " + folder + "/pid; echo up; exec sleep 100 > /dev/null 2>&1");
        assertThat(alive(folder.resolve("pid"))).isTrue();

        var outcome = bench.command((_, _) -> List.of(TRUE)).recover();

        assertThat(outcome.status()).isEqualTo(Status.UNKNOWN);
        assertThat(outcome.message()).contains("a function cannot be continued");
        assertThat(alive(folder.resolve("pid"))).isFalse();
    }

    @Test
    void a_hook_before_the_command_that_had_begun_leaves_it_open_what_happened() throws Exception {
        crash("hook", "echo $$ > " + folder + "/pid; echo up; exec sleep 100 > /dev/null 2>&1");

        assertThat(bench.shell("echo ran").recover().status()).isEqualTo(Status.UNKNOWN);
        assertThat(bench.lines).isEmpty();
        assertThat(alive(folder.resolve("pid"))).isFalse();
    }

    @Test
    void a_task_without_a_command_runs() throws Exception {
        assertThat(bench.recover().status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void a_folder_that_the_attempt_made_is_still_its_own_after_recovery() throws Exception {
        bench.workdir = new Workdir("new", Workdir.Cleanup.ALWAYS);
        bench.job().record().ownFolder();
        Files.createDirectory(folder.resolve("new"));
        Files.writeString(folder.resolve("new/left"), "");

        bench.shell("true");
        Thread.currentThread().interrupt();
        assertThat(bench.recover().status()).isEqualTo(Status.CANCELLED);
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void marks_follow_from_where_records_are() {
        assertThat(ProcessMark.of(folder)).isEqualTo(ProcessMark.of(folder.resolve("x/..")));
        assertThat(ProcessMark.of(folder)).isNotEqualTo(ProcessMark.of(folder.resolve("x")));
    }
}
