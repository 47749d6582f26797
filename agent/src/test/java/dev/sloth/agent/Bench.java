package dev.sloth.agent;

import dev.sloth.agent.process.ChildProcesses;
import dev.sloth.agent.process.ProcessConfig;
import dev.sloth.agent.process.ProcessIdentity;
import dev.sloth.api.event.Events;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Action;
import dev.sloth.api.workflow.Assignment;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Placement;
import dev.sloth.api.workflow.RetryPolicy;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.TaskHook;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workdir;
import dev.sloth.dsl.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;

/// A bench to execute single tasks on: an executor with real processes, files below one folder, and
/// a script made of Java functions.
final class Bench implements AutoCloseable {
    static final RunId RUN = new RunId("run-1");

    final FakeScripts scripts = new FakeScripts();
    final List<String> lines = new CopyOnWriteArrayList<>();
    final ChildProcesses processes;
    final FolderArtifacts artifacts;
    final TaskExecutor executor;
    final Path folder;
    Map<String, Boolean> permissions = Map.of();

    // The task under test; every part has the value of a task that says nothing.
    Action action = new Action.Nothing();
    Duration timeout = Duration.ofSeconds(30);
    Condition runIf = new Condition.None();
    Condition abortIf = new Condition.None();
    Workdir workdir = Workdir.TEMPORARY;
    List<String> artifactsKept = List.of();
    List<String> consumes = List.of();
    List<String> outputs = List.of();
    Map<String, String> environment = Map.of();
    Map<String, String> secretEnvironment = Map.of();
    RunSecrets secrets = RunSecrets.NONE;
    Value.Table params = new DataTable();
    Map<TaskName, Value.Table> inputs = Map.of();
    final Map<TaskHook, FunctionRef> hooks = new HashMap<>();
    String name = "build";
    int number = 1;

    Bench(Path folder) {
        this.folder = folder;
        this.processes =
                new ChildProcesses(
                        ProcessConfig.defaults(System.getenv()).termGrace(Duration.ofMillis(200)),
                        new SplittableRandom(5));
        this.artifacts = new FolderArtifacts(run -> folder.resolve("runs").resolve(run.text()));
        this.executor =
                new TaskExecutor(
                        new Means(
                                scripts,
                                ExecutorConfig.defaults("here", ZoneOffset.UTC)
                                        .hookBudget(Duration.ofSeconds(2)),
                                processes,
                                InstantSource.fixed(Instant.EPOCH),
                                new Means.Chance(new SplittableRandom(6)),
                                artifacts,
                                SharedState.NONE,
                                Events.Door.CLOSED,
                                new Means.Once()));
    }

    Bench shell(String line) {
        action = new Action.Shell(line, "");
        return this;
    }

    Bench command(FakeScripts.Body body) {
        action = new Action.Call(scripts.function("command", body));
        return this;
    }

    Bench hook(TaskHook moment, FakeScripts.Body body) {
        hooks.put(moment, scripts.function("hook " + moment, body));
        return this;
    }

    RunScript run() {
        return new RunScript(
                RUN,
                new Source(folder.resolve("x.sloth"), folder, new byte[0]),
                new DataTable(),
                "flow",
                permissions,
                secrets,
                folder.resolve("runs").resolve(RUN.text()));
    }

    Job job() {
        var task =
                new Task(
                        new TaskName(name),
                        "",
                        action,
                        List.of(),
                        List.of(),
                        params,
                        timeout,
                        RetryPolicy.NONE,
                        runIf,
                        abortIf,
                        hooks,
                        workdir,
                        "",
                        environment,
                        secretEnvironment,
                        artifactsKept,
                        consumes,
                        outputs,
                        new Placement.Here(),
                        false,
                        false,
                        "",
                        Map.of(),
                        new Span("x.sloth", 3, 1));
        return new Job(
                new Assignment(new AttemptId(RUN, task.name(), number), task, inputs), run());
    }

    Outcome execute() throws InterruptedException {
        return executor.execute(job(), (_, channel, line) -> lines.add(shown(channel) + line));
    }

    Outcome recover(String boot) {
        return executor.recover(
                job(), boot, (_, channel, line) -> lines.add(shown(channel) + line));
    }

    /// After an earlier process on this machine.
    Outcome recover() throws IOException {
        return recover(ProcessIdentity.bootHere());
    }

    static String shown(Channel channel) {
        return switch (channel) {
            case Channel.Stream.STDOUT, Channel.Command.STDOUT -> "out: ";
            case Channel.Stream.STDERR, Channel.Command.STDERR -> "err: ";
            case Channel.Log(var level) -> level.name().toLowerCase(java.util.Locale.ROOT) + ": ";
        };
    }

    Path work() {
        return folder.resolve("runs").resolve(RUN.text()).resolve("work");
    }

    @Override
    public void close() {
        processes.close();
    }
}
