package dev.sloth.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Processes.Command;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Action;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Outcome.Status;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.TaskHook;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workdir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskExecutorTest {
    private static final Value TRUE = Value.Bool.TRUE;
    private static final Value FALSE = Value.Bool.FALSE;

    @TempDir Path folder;
    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static FakeScripts.Body gives(Value... results) {
        return (_, _) -> List.of(results);
    }

    private FakeScripts.Body says(String line, Value... results) {
        return (state, _) -> {
            state.around.print(line);
            return List.of(results);
        };
    }

    private static FakeScripts.Body raises(String message) {
        return (_, _) -> {
            throw new ScriptFailure(
                    message, Text.of(message), List.of("x.sloth:7: in build"), new Error("lua"));
        };
    }

    @Test
    void a_shell_line_runs_in_a_fresh_folder_that_is_gone_after_success() throws Exception {
        bench.environment = Map.of("COLOUR", "blue");

        var outcome = bench.shell("pwd; echo $COLOUR; touch file").execute();

        assertThat(outcome.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(bench.lines)
                .containsExactly("out: " + bench.work().resolve("build-1"), "out: blue");
        assertThat(outcome.outputs().at("exit_code")).isEqualTo(new Value.Num(0));
        assertThat(bench.work().resolve("build-1")).doesNotExist();
        assertThat(bench.scripts.loads).as("a shell line needs no script").hasValue(0);
    }

    @Test
    void a_failed_shell_line_tells_its_code_and_last_words_and_keeps_the_folder() throws Exception {
        var outcome = bench.shell("touch kept; echo first >&2; echo no disk >&2; exit 3").execute();

        assertThat(outcome.status()).isEqualTo(Status.FAILED);
        assertThat(outcome.message()).isEqualTo("the command ended with exit code 3: no disk");
        assertThat(outcome.failure().at().line()).isEqualTo(3);
        assertThat(bench.work().resolve("build-1/kept")).exists();
    }

    @Test
    void an_argv_meets_no_shell() throws Exception {
        bench.action = new Action.Argv(List.of("echo", "$HOME", "a  b"));

        assertThat(bench.execute().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(bench.lines).containsExactly("out: $HOME a  b");
    }

    @Test
    void a_workflow_without_exec_runs_no_process() throws Exception {
        bench.permissions = Map.of("exec", false);

        assertThat(bench.shell("true").execute().message()).contains("may not run processes");
    }

    @Test
    void a_function_gets_itself_params_and_inputs() throws Exception {
        bench.params = new DataTable().with("level", "3");
        bench.inputs = Map.of(new TaskName("fetch"), new DataTable().with("file", "a.tar"));

        bench.command(
                        (_, arguments) -> {
                            var params = (Value.Table) arguments.get(1);
                            var inputs = (Value.Table) arguments.get(2);
                            var fetched = (Value.Table) inputs.at("fetch");
                            bench.lines.add(params.at("level") + " " + params.at("task_name"));
                            bench.lines.add(params.at("group_name") + " " + fetched.at("file"));
                            return List.of(TRUE);
                        })
                .execute();

        assertThat(bench.lines).containsExactly("3 build", "flow a.tar");
    }

    @Test
    void outputs_are_what_was_returned_and_exported() throws Exception {
        var outcome =
                bench.command(
                                (state, _) -> {
                                    state.exported.put("a", Text.of("exported"));
                                    state.exported.put("b", Text.of("exported"));
                                    var outputs = new DataTable().with("b", "returned");
                                    return List.of(TRUE, Text.of("well"), outputs);
                                })
                        .execute();

        assertThat(outcome.message()).isEqualTo("well");
        assertThat(outcome.outputs())
                .isEqualTo(new DataTable().with("a", "exported").with("b", "returned"));
        assertThat(outcome.changed()).isTrue();
    }

    @Test
    void outputs_that_cannot_travel_or_are_missing_fail_the_task() throws Exception {
        var handle = new DataTable();
        handle.put("h", new Value.Handle("pool", this));
        assertThat(bench.command(gives(TRUE, Text.of(""), handle)).execute().message())
                .isEqualTo("outputs.h is a pool, which cannot be kept as data");

        bench.outputs = List.of("version");
        assertThat(bench.command(gives(TRUE)).execute().message())
                .isEqualTo("the task did not give its output version");
    }

    @Test
    void returning_nothing_is_success_with_one_warning_a_run() throws Exception {
        bench.command(gives());

        assertThat(bench.execute().status()).isEqualTo(Status.SUCCEEDED);
        bench.number = 2;
        assertThat(bench.execute().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(bench.lines).hasSize(1).first().asString().startsWith("warn: ");
    }

    @Test
    void an_error_is_a_failure_with_its_place_and_traceback() throws Exception {
        var outcome = bench.command(raises("x.sloth:7: boom")).execute();

        assertThat(outcome.status()).isEqualTo(Status.FAILED);
        assertThat(outcome.message()).isEqualTo("x.sloth:7: boom");
        assertThat(outcome.failure().at()).isEqualTo(new Span("x.sloth", 7, 0));
        assertThat(outcome.failure().traceback()).containsExactly("x.sloth:7: in build");
    }

    @Test
    void hooks_come_in_their_order() throws Exception {
        for (var moment : TaskHook.values()) {
            bench.hook(moment, says(moment.name(), TRUE));
        }

        bench.command(says("command", TRUE)).execute();
        bench.number = 2;
        bench.command(says("command", FALSE)).execute();

        assertThat(bench.lines)
                .containsExactly(
                        "out: PRE",
                        "out: command",
                        "out: ON_SUCCESS",
                        "out: POST",
                        "out: PRE",
                        "out: command",
                        "out: ON_FAILURE",
                        "out: POST");
    }

    @Test
    void a_pre_hook_that_says_no_keeps_the_command_from_running() throws Exception {
        bench.hook(TaskHook.PRE, gives(FALSE, Text.of("not now")));

        assertThat(bench.command(says("ran", TRUE)).execute().message())
                .isEqualTo("pre_hook: not now");
        assertThat(bench.lines).isEmpty();
    }

    @Test
    void a_post_hook_that_fails_fails_the_task() throws Exception {
        bench.hook(TaskHook.POST, raises("x.sloth:9: dirty"));

        assertThat(bench.command(gives(TRUE)).execute().message())
                .isEqualTo("post_hook: x.sloth:9: dirty");
    }

    @Test
    void a_hook_of_the_outcome_that_fails_is_a_warning() throws Exception {
        bench.hook(TaskHook.ON_SUCCESS, raises("x.sloth:9: oh"));

        assertThat(bench.command(gives(TRUE)).execute().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(bench.lines).containsExactly("warn: on_success: x.sloth:9: oh");
    }

    @Test
    void conditions_decide_on_the_first_attempt_only() throws Exception {
        bench.command(says("ran", TRUE));
        bench.runIf = new Condition.Shell("exit 1");
        assertThat(bench.execute().status()).isEqualTo(Status.SKIPPED);

        bench.abortIf = new Condition.Call(bench.scripts.function("abort_if", gives(TRUE)));
        assertThat(bench.execute().status()).isEqualTo(Status.ABORTED);
        assertThat(bench.lines).isEmpty();

        bench.number = 2;
        assertThat(bench.execute().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(bench.lines).containsExactly("out: ran");
    }

    @Test
    void a_condition_that_raises_fails_the_task() throws Exception {
        bench.runIf =
                new Condition.Call(bench.scripts.function("run_if", raises("x.sloth:2: what")));

        assertThat(bench.command(gives(TRUE)).execute().message()).isEqualTo("x.sloth:2: what");
    }

    @Test
    void artifacts_reach_the_task_that_consumes_them() throws Exception {
        bench.artifactsKept = List.of("dist/*.tar");
        bench.shell("mkdir dist; echo one > dist/app.tar; echo two > other").execute();
        bench.name = "deploy";
        bench.artifactsKept = List.of();
        bench.consumes = List.of("dist/app.tar");

        assertThat(bench.shell("cat dist/app.tar; ls").execute().status())
                .isEqualTo(Status.SUCCEEDED);
        assertThat(bench.lines).containsExactly("out: one", "out: dist");
    }

    @Test
    void a_missing_artifact_fails_by_name_unless_the_task_is_skipped() throws Exception {
        bench.consumes = List.of("dist/app.tar");

        assertThat(bench.shell("true").execute().message())
                .isEqualTo("no earlier task of this run kept the artifact dist/app.tar");
        bench.runIf = new Condition.Fixed(false);
        assertThat(bench.execute().status()).isEqualTo(Status.SKIPPED);
    }

    @Test
    void artifacts_never_come_from_outside_the_work_folder() throws Exception {
        Files.writeString(folder.resolve("secret"), "hidden");
        bench.artifactsKept = List.of("link");
        assertThat(bench.shell("ln -s " + folder.resolve("secret") + " link").execute().message())
                .contains("link that leads out");

        bench.artifactsKept = List.of("../secret");
        assertThat(bench.shell("true").execute().message()).contains("leads out");
    }

    @Test
    void a_folder_of_the_tasks_own_stays_and_is_relative_to_the_project() throws Exception {
        bench.workdir = new Workdir("mine", Workdir.Cleanup.ON_SUCCESS);
        bench.shell("touch file").execute();
        assertThat(folder.resolve("mine/file")).exists();

        bench.workdir = new Workdir("mine", Workdir.Cleanup.ALWAYS);
        bench.shell("true").execute();
        assertThat(folder.resolve("mine/file")).as("it was there before").exists();

        bench.workdir = new Workdir("new", Workdir.Cleanup.ALWAYS);
        bench.shell("false").execute();
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void a_shell_line_that_takes_too_long_ends_with_its_tree() throws Exception {
        bench.timeout = Duration.ofSeconds(1);

        var outcome = bench.shell("sleep 100 & echo $! > " + folder + "/pid; sleep 100").execute();

        assertThat(outcome.status()).isEqualTo(Status.TIMED_OUT);
        assertThat(outcome.message()).isEqualTo("the attempt took longer than 1s");
        assertGone();
    }

    private void assertGone() throws IOException {
        var pid = Files.readString(folder.resolve("pid")).strip();
        var stat = Path.of("/proc/" + pid + "/stat");
        assertThat(Files.notExists(stat) || Files.readString(stat).contains(") Z")).isTrue();
    }

    @Test
    void a_text_of_very_many_lines_is_written_no_longer_than_its_attempt_lasts() throws Exception {
        bench.timeout = Duration.ofMillis(300);
        int all = 5_000_000;

        var outcome =
                bench.command(
                                (state, _) -> {
                                    state.around.log(Host.Level.INFO, "\n".repeat(all), Map.of());
                                    return List.of(TRUE);
                                })
                        .execute();

        assertThat(outcome.status()).isEqualTo(Status.TIMED_OUT);
        assertThat(bench.lines).hasSizeBetween(1, all);
    }

    @Test
    void a_script_that_never_ends_is_stopped_and_its_hooks_get_a_fresh_one() throws Exception {
        bench.timeout = Duration.ofMillis(300);
        for (var moment : TaskHook.values()) {
            bench.hook(moment, says(moment.name(), TRUE));
        }

        var outcome =
                bench.command(
                                (state, _) -> {
                                    while (true) {
                                        state.breathe();
                                    }
                                })
                        .execute();

        assertThat(outcome.status()).isEqualTo(Status.TIMED_OUT);
        assertThat(bench.lines)
                .containsExactly("out: PRE", "out: ON_TIMEOUT", "out: ON_FAILURE", "out: POST");
        assertThat(bench.scripts.loads).hasValue(2);
        assertThat(bench.scripts.closes).hasValue(2);
    }

    @Test
    void hooks_after_a_stop_have_a_budget_of_their_own() throws Exception {
        bench.timeout = Duration.ofMillis(100);
        FakeScripts.Body endless =
                (state, _) -> {
                    while (true) {
                        state.breathe();
                    }
                };
        bench.hook(TaskHook.ON_TIMEOUT, endless);
        long began = System.nanoTime();

        assertThat(bench.command(endless).execute().status()).isEqualTo(Status.TIMED_OUT);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void interrupting_cancels_the_script_with_its_processes() throws Exception {
        var up = new CountDownLatch(1);
        bench.hook(TaskHook.POST, says("POST", TRUE));
        bench.command((state, _) -> {
            up.countDown();
            var line = "echo $$ > " + folder + "/pid; sleep 100";
            var command = Command.shell("/bin/sh", line, folder);
            state.around.processes().run(command);
            return List.of(TRUE);
        });
        var answer = new FutureTask<>(bench::execute);
        var thread = Thread.ofVirtual().start(answer);
        assertThat(up.await(20, TimeUnit.SECONDS)).isTrue();
        while (Files.notExists(folder.resolve("pid")) || Files.size(folder.resolve("pid")) == 0) {
            Thread.onSpinWait();
        }

        thread.interrupt();

        assertThat(answer.get(20, TimeUnit.SECONDS).status()).isEqualTo(Status.CANCELLED);
        assertThat(bench.lines).contains("out: POST");
        assertGone();
    }

    @Test
    void one_who_comes_interrupted_is_sent_away() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(bench::execute).isInstanceOf(InterruptedException.class);
    }

    @Test
    void a_defect_becomes_a_failure_that_can_be_traced() throws Exception {
        var outcome =
                bench.command(
                                (_, _) -> {
                                    throw new IllegalStateException("broken promise");
                                })
                        .execute();

        assertThat(outcome.message())
                .isEqualTo("internal error: IllegalStateException: broken promise");
        assertThat(outcome.failure().traceback()).isNotEmpty();
    }

    @Test
    void the_log_shows_its_fields() throws Exception {
        bench.command(
                        (state, _) -> {
                            var fields = Map.<String, Value>of("n", new Value.Num(3));
                            state.around.log(Host.Level.INFO, "ready", fields);
                            return List.of(TRUE);
                        })
                .execute();

        assertThat(bench.lines).containsExactly("info: ready n=3");
    }

    private Outcome condition(Condition condition) {
        var id = new AttemptId(Bench.RUN, new TaskName("stage deploy"), 1);
        return bench.executor.evaluateCondition(
                bench.run(), id, condition, List.of(), (_, _, _) -> {});
    }

    @Test
    void a_condition_of_a_stage_is_yes_or_no_or_a_failure() {
        var function = bench.scripts.function("when", gives(FALSE));

        assertThat(condition(new Condition.Shell("test -d .")).status())
                .isEqualTo(Status.SUCCEEDED);
        assertThat(condition(new Condition.Call(function)).status()).isEqualTo(Status.SKIPPED);
        assertThat(condition(new Condition.Named("full_moon")).status()).isEqualTo(Status.FAILED);
    }

    private Outcome workflowHook(FunctionRef hook, Value... arguments) {
        var id = new AttemptId(Bench.RUN, new TaskName("on_complete"), 1);
        return bench.executor.callWorkflowHook(
                bench.run(), id, hook, List.of(arguments), (_, _, line) -> bench.lines.add(line));
    }

    @Test
    void a_hook_of_the_workflow_gets_what_it_is_given() {
        var hook =
                bench.scripts.function(
                        "on_complete",
                        (state, arguments) -> {
                            state.around.print(arguments.getFirst() + " " + arguments.get(1));
                            return List.of();
                        });

        assertThat(workflowHook(hook, TRUE, new DataTable()).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(bench.lines).containsExactly("TRUE {}");
        assertThat(workflowHook(bench.scripts.function("on_start", gives(FALSE))).status())
                .isEqualTo(Status.FAILED);
    }

    @Test
    void a_work_folder_that_cannot_be_made_says_why() throws Exception {
        Files.createFile(folder.resolve("taken"));
        bench.workdir = new Workdir("taken", Workdir.Cleanup.NEVER);

        assertThat(bench.shell("true").execute().message())
                .isEqualTo(
                        "cannot make the work folder: %s/taken: something else has that name"
                                .formatted(folder));
    }
}
