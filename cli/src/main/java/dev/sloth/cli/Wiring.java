package dev.sloth.cli;

import dev.sloth.agent.ExecutorConfig;
import dev.sloth.agent.FolderArtifacts;
import dev.sloth.agent.RunScript;
import dev.sloth.agent.TaskExecutor;
import dev.sloth.agent.process.ChildProcesses;
import dev.sloth.agent.process.ProcessConfig;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.cli.config.Config;
import dev.sloth.cli.run.LocalRun;
import dev.sloth.cli.run.Tenancy;
import dev.sloth.core.run.MemoryJournal;
import dev.sloth.core.run.RunInput;
import dev.sloth.dsl.PlainLua;
import dev.sloth.dsl.ScriptLimits;
import dev.sloth.dsl.Scripts;
import dev.sloth.dsl.Source;
import dev.sloth.dsl.Surroundings;
import dev.sloth.plugins.Plugins;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/// The only place where the parts of the program are joined.
final class Wiring {
    private static final Set<String> INTERACTIVE_GRANTS = Set.of("io", "os");

    private Wiring() {}

    /// What scripts can call, the plugins' and the language's own.
    static List<Module> modules() {
        return new Scripts(Plugins.all(), ScriptLimits.DEFAULT).modules();
    }

    static Scripts scripts(Config config) {
        var limits =
                ScriptLimits.DEFAULT
                        .withDefining(
                                config.defineSteps(), config.defineMemory(), config.defineTime())
                        .withExecuting(config.executeSteps(), config.executeMemory());
        return new Scripts(Plugins.all(), limits);
    }

    /// What starts child processes, to be closed at the end.
    static ChildProcesses processes(Caller caller, Config config) {
        var usual = ProcessConfig.defaults(caller.environment());
        var wanted =
                new ProcessConfig(
                        config.killGrace(),
                        usual.interruptGrace(),
                        usual.pipeGrace(),
                        usual.killWait(),
                        config.keptBytes(),
                        usual.lineMax(),
                        usual.childrenMax(),
                        usual.inherited());
        return new ChildProcesses(wanted, new SplittableRandom());
    }

    /// For texts that are typed: all modules, and the libraries that workflows have.
    static PlainLua interactive(Caller caller, Config config, ChildProcesses processes) {
        var folder = caller.folder();
        var source = new Source(folder.resolve("stdin"), folder, new byte[0]);
        var around = surroundings(config, folder, processes, caller.out());
        return scripts(config).plain(source, new DataTable(), around, INTERACTIVE_GRANTS, true);
    }

    /// For a script that does not execute a task: what it says goes to `sink`.
    static Surroundings surroundings(
            Config config, Path folder, ChildProcesses processes, PrintStream sink) {
        return new CallerSurroundings(
                folder,
                processes.streaming((_, line) -> sink.println(line)),
                config.features(),
                sink::println,
                sink::println);
    }

    /// A run that is ready to start, and what it needs until its end.
    record Parts(LocalRun run, RunInput.Submit submit, RunFolder folder, ChildProcesses processes)
            implements AutoCloseable {
        @Override
        public void close() {
            processes.close();
            folder.close();
        }
    }

    static Parts run(
            Caller caller,
            Config config,
            Source source,
            Workflow workflow,
            Value values,
            RunView view) {
        var time = InstantSource.system();
        var random = new SplittableRandom();
        var id = RunFolder.id(time.instant(), random);
        var folder = RunFolder.open(caller.home(), id);
        var processes = processes(caller, config);
        var executor =
                new TaskExecutor(
                        scripts(config),
                        ExecutorConfig.defaults("local", ZoneId.systemDefault())
                                .features(config.features()),
                        processes,
                        time,
                        random.split(),
                        new FolderArtifacts(_ -> folder.path()));
        var script =
                new RunScript(
                        id, source, values, workflow.name(), workflow.permissions(), folder.path());
        var run =
                new LocalRun(
                        new MemoryJournal(),
                        new ExecutorHands(executor, script, view),
                        view,
                        time,
                        Tenancy.ALONE);
        int processors = Runtime.getRuntime().availableProcessors();
        var submit =
                new RunInput.Submit(
                        time.instant(), id, workflow, values, processors, random.nextLong());
        return new Parts(run, submit, folder, processes);
    }
}
