package dev.sloth.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.agent.process.ChildProcesses;
import dev.sloth.agent.process.ProcessConfig;
import dev.sloth.agent.process.ProcessMark;
import dev.sloth.api.event.Events;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Processes.Command;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Assignment;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Outcome.Status;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.api.workflow.WorkflowHook;
import dev.sloth.dsl.ScriptLimits;
import dev.sloth.dsl.Scripts;
import dev.sloth.dsl.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The executor with the real engine: what a script says is what happens.
class ScriptedAttemptsTest {
    private static final RunId RUN = new RunId("run-1");

    @TempDir Path folder;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private ChildProcesses processes;
    private Scripts scripts;
    private TaskExecutor executor;

    @BeforeEach
    void open() {
        processes =
                new ChildProcesses(
                        ProcessConfig.defaults(System.getenv()).termGrace(Duration.ofMillis(200)),
                        new SplittableRandom(8));
        scripts = new Scripts(List.of(shellModule()), ScriptLimits.DEFAULT);
        executor =
                new TaskExecutor(
                        scripts,
                        ExecutorConfig.defaults("", ZoneOffset.UTC)
                                .hookBudget(Duration.ofSeconds(2)),
                        processes,
                        InstantSource.fixed(Instant.EPOCH),
                        new SplittableRandom(9),
                        new FolderArtifacts(run -> folder.resolve("runs").resolve(run.text())),
                        SharedState.NONE,
                        Events.Door.CLOSED);
    }

    @AfterEach
    void close() {
        processes.close();
    }

    /// A module with just enough to run a process from a script.
    private static Module shellModule() {
        return Module.named("sh", "Runs shell lines.")
                .functions(
                        Function.named("run")
                                .doc("Runs a line and gives its exit code.")
                                .param("line", Type.STRING, "the line")
                                .body(call -> {
                                    var host = call.host();
                                    var command =
                                            Command.shell(
                                                    "/bin/sh", call.text("line"), host.folder());
                                    var ended = host.blocking(() -> host.processes().run(command));
                                    return Results.number(ended.exitCode());
                                }));
    }

    private RunScript run(String text, String workflow) {
        var source =
                new Source(
                        folder.resolve("x.sloth"), folder, text.getBytes(StandardCharsets.UTF_8));
        return new RunScript(
                RUN,
                source,
                new DataTable(),
                workflow,
                Map.of(),
                folder.resolve("runs").resolve(RUN.text()));
    }

    private Workflow define(RunScript run) {
        var bound = AttemptSurroundings.BoundTo.NOTHING;
        var id = new AttemptId(RUN, new TaskName("define"), 1);
        var means =
                new Means(
                        Script.Loader.of(scripts),
                        ExecutorConfig.defaults("", ZoneOffset.UTC),
                        processes,
                        InstantSource.fixed(Instant.EPOCH),
                        new Means.Chance(new SplittableRandom(1)),
                        new FolderArtifacts(_ -> folder),
                        SharedState.NONE,
                        Events.Door.CLOSED,
                        new Means.Once());
        var around =
                new AttemptSurroundings(
                        id,
                        () -> folder,
                        (_, _, _) -> {},
                        bound,
                        run,
                        means,
                        ProcessMark.of(folder));
        return scripts.define(run.source(), run.values(), around).workflows().getFirst();
    }

    private Job job(String text, Map<TaskName, Value.Table> inputs) {
        var run = run(text, "flow");
        var task = define(run).tasks().getLast();
        return new Job(new Assignment(new AttemptId(RUN, task.name(), 1), task, inputs), run);
    }

    private Outcome execute(String text) throws InterruptedException {
        return execute(job(text, Map.of()));
    }

    private Outcome execute(Job job) throws InterruptedException {
        return executor.execute(job, (_, channel, line) -> lines.add(Bench.shown(channel) + line));
    }

    /// A workflow of one task, whose builder calls are given.
    private static String flow(String calls) {
        return "local build = task('build')"
                + calls
                + ":build()\n"
                + "workflow.define('flow'):tasks({build})\n";
    }

    @Test
    void what_a_function_writes_to_stderr_comes_on_the_error_channel() throws Exception {
        execute(
                "io.stderr:write('loaded\\n')\n"
                        + flow(
                                ":command(function() io.stderr:write('x\\ny') print('z') return"
                                        + " true end)"));

        assertThat(lines).containsExactlyInAnyOrder("err: x", "err: y", "out: z");
    }

    @Test
    void a_function_sees_its_task_and_gives_outputs() throws Exception {
        var outcome =
                execute(
                        flow(
                                """
                                :command(function(this, params, inputs)
                                  print(this.name, this.name(), params.task_name, this.attempt)
                                  print(this.workdir.get() == params.workdir, this.run_id)
                                  this.outputs.seen = 1
                                  export('kept', 'e')
                                  return true, 'done', {version = '1.2', changed = false}
                                end)\
                                """));

        assertThat(outcome.message()).isEqualTo("done");
        assertThat(outcome.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(outcome.changed()).isFalse();
        assertThat(outcome.outputs().at("version")).isEqualTo(Text.of("1.2"));
        assertThat(outcome.outputs().at("seen")).isEqualTo(new Value.Num(1));
        assertThat(outcome.outputs().at("kept")).isEqualTo(Text.of("e"));
        assertThat(lines).containsExactly("out: build\tbuild\tbuild\t1", "out: true\trun-1");
    }

    @Test
    void a_folder_is_made_for_a_function_that_looks_outside_and_for_no_other() throws Exception {
        var work = folder.resolve("runs/run-1/work");
        var quiet = ":command(function() return false end)";
        assertThat(execute(flow(quiet)).status()).isEqualTo(Status.FAILED);
        assertThat(work).doesNotExist();
        for (var look :
                List.of(
                        "assert(this.workdir.exists())",
                        "assert(io.open(params.workdir .. '/f', 'w'))",
                        "assert(io.open('f', 'w'))",
                        "assert(os.rename(params.workdir, params.workdir))",
                        "assert(os.execute('test -d ' .. params.workdir) == 0)",
                        "assert(sh.run('test -d ' .. params.workdir) == 0)")) {
            var outcome =
                    execute(
                            flow(
                                    ":command(function(this, params) "
                                            + look
                                            + " return false, 'seen' end)"));
            assertThat(outcome.message()).as(look).isEqualTo("seen");
            assertThat(work.resolve("build-1")).as(look).isDirectory();
        }
    }

    @Test
    void a_folder_that_cannot_be_made_is_an_error_of_who_needs_it() throws Exception {
        Files.createDirectories(folder.resolve("runs/run-1"));
        Files.createFile(folder.resolve("runs/run-1/work"));
        var outcome =
                execute(flow(":command(function() return true, select(2, pcall(os.time)) end)"));
        assertThat(outcome.message()).contains("cannot make the work folder");
    }

    @Test
    void inputs_come_by_the_name_of_the_dependency() throws Exception {
        var job =
                job(
                        """
                        local a = task('a'):command('true'):build()
                        local b = task('b'):depends_on('a'):command(function(this, params, inputs)
                          return true, inputs.a.file
                        end):build()
                        workflow.define('flow'):tasks({a, b})
                        """,
                        Map.of(new TaskName("a"), new DataTable().with("file", "f.tar")));

        assertThat(execute(job).message()).isEqualTo("f.tar");
    }

    @Test
    void false_is_failure_and_an_error_names_its_line() throws Exception {
        assertThat(execute(flow(":command(function() return false, 'no disk' end)")).message())
                .isEqualTo("no disk");

        var raised = execute(flow(":command(function()\n local x = nil\n return x.y\nend)"));

        assertThat(raised.status()).isEqualTo(Status.FAILED);
        assertThat(raised.failure().at().line()).isEqualTo(3);
        assertThat(raised.failure().at().file()).isEqualTo("x.sloth");
        assertThat(raised.failure().traceback()).isNotEmpty();
    }

    @Test
    void hooks_are_called_in_their_order() throws Exception {
        var outcome =
                execute(
                        flow(
                                """
                                :pre_hook(function() print('pre') end)
                                :command(function() print('command') return true, '', {n = 3} end)
                                :on_success(function(this, params, out) print('ok', out.n) end)
                                :on_failure(function() print('failed') end)
                                :post_hook(function(this, p, r) print('post', r.status) end)\
                                """));

        assertThat(outcome.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(lines)
                .containsExactly("out: pre", "out: command", "out: ok\t3", "out: post\tsucceeded");
    }

    @Test
    void a_run_if_of_a_function_or_a_line_skips() throws Exception {
        var function = flow(":run_if(function() return false end):command('echo ran')");
        var line = flow(":run_if('test -e nosuch'):command('echo ran')");

        assertThat(execute(function).status()).isEqualTo(Status.SKIPPED);
        assertThat(execute(line).status()).isEqualTo(Status.SKIPPED);
        assertThat(lines).isEmpty();
    }

    private void timesOut(String command) throws InterruptedException {
        long began = System.nanoTime();

        var outcome =
                execute(
                        flow(
                                ":timeout('500ms'):command(function() "
                                        + command
                                        + " end)"
                                        + ":on_timeout(function() print('on_timeout') end)"));

        assertThat(outcome.status()).isEqualTo(Status.TIMED_OUT);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
        assertThat(lines).contains("out: on_timeout");
    }

    @Test
    void an_infinite_loop_is_stopped() throws Exception {
        timesOut("while true do end");
    }

    @Test
    void an_infinite_loop_that_catches_errors_is_stopped() throws Exception {
        timesOut("while true do pcall(function() while true do end end) end");
    }

    @Test
    void a_tree_of_processes_is_ended_with_its_script() throws Exception {
        timesOut("return sh.run('sleep 100 & echo $! > " + folder + "/pid; sleep 100') == 0");

        assertThat(gone()).isTrue();
    }

    private boolean gone() throws IOException {
        var pid = Files.readString(folder.resolve("pid")).strip();
        var stat = Path.of("/proc/" + pid + "/stat");
        return Files.notExists(stat) || Files.readString(stat).contains(") Z");
    }

    @Test
    void interrupting_ends_script_and_processes() throws Exception {
        var line = "echo $$ > pid.part; mv pid.part " + folder + "/pid; sleep 100";
        var job =
                job(flow(":command(function() return sh.run('" + line + "') == 0 end)"), Map.of());
        var answer = new FutureTask<>(() -> execute(job));
        var thread = Thread.ofVirtual().start(answer);
        while (Files.notExists(folder.resolve("pid"))) {
            Thread.onSpinWait();
        }

        thread.interrupt();

        assertThat(answer.get(20, TimeUnit.SECONDS).status()).isEqualTo(Status.CANCELLED);
        assertThat(gone()).isTrue();
    }

    @Test
    void hooks_of_the_workflow_get_the_results() {
        var run =
                run(
                        """
                        local a = task('a'):command('true'):build()
                        workflow.define('flow'):tasks({a}):on_complete(function(success, results)
                          print(success, results.a)
                          return true
                        end)
                        """,
                        "flow");
        var hook = Objects.requireNonNull(define(run).hooks().get(WorkflowHook.ON_COMPLETE));

        var outcome =
                executor.callWorkflowHook(
                        run,
                        new AttemptId(RUN, new TaskName("on_complete"), 1),
                        hook,
                        List.of(Value.Bool.TRUE, new DataTable().with("a", "well")),
                        (_, _, line) -> lines.add(line));

        assertThat(outcome.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(lines).containsExactly("true\twell");
    }

    @Test
    void scripts_that_loop_do_not_hold_up_the_time_limits_of_others() throws Exception {
        var job =
                job(flow(":timeout('300ms'):command(function() while true do end end)"), Map.of());
        var answers = new ArrayList<FutureTask<Outcome>>();
        for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
            var id = new AttemptId(RUN, new TaskName("build"), i + 1);
            var task = job.assignment().task();
            var mine = new Job(new Assignment(id, task, Map.of()), job.run());
            var answer = new FutureTask<>(() -> execute(mine));
            answers.add(answer);
            Thread.ofVirtual().start(answer);
        }

        for (var answer : answers) {
            assertThat(answer.get(20, TimeUnit.SECONDS).status()).isEqualTo(Status.TIMED_OUT);
        }
    }
}
