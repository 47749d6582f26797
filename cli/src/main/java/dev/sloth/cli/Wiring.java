package dev.sloth.cli;

import dev.sloth.agent.ArtifactStore;
import dev.sloth.agent.ExecutorConfig;
import dev.sloth.agent.FolderArtifacts;
import dev.sloth.agent.HookExecutor;
import dev.sloth.agent.RunScript;
import dev.sloth.agent.RunSecrets;
import dev.sloth.agent.TaskExecutor;
import dev.sloth.agent.process.ChildProcesses;
import dev.sloth.agent.process.Inherited;
import dev.sloth.agent.process.ProcessConfig;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.cli.config.Config;
import dev.sloth.cli.secret.MasterKeys;
import dev.sloth.cli.secret.OpenSecrets;
import dev.sloth.core.journal.RunHistory;
import dev.sloth.core.journal.StoredJournal;
import dev.sloth.core.run.Journal;
import dev.sloth.core.run.MemoryJournal;
import dev.sloth.core.run.Reuse;
import dev.sloth.core.run.RunInput;
import dev.sloth.core.security.secret.SecretLimits;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.drive.Adopting;
import dev.sloth.drive.Adoption;
import dev.sloth.drive.CountedJournal;
import dev.sloth.drive.CountedLogs;
import dev.sloth.drive.KeptRuns;
import dev.sloth.drive.KeptScript;
import dev.sloth.drive.Lease;
import dev.sloth.drive.LocalRun;
import dev.sloth.drive.LostRuns;
import dev.sloth.drive.OnceHands;
import dev.sloth.drive.RunListener;
import dev.sloth.drive.SteadyTime;
import dev.sloth.drive.StoreTenancy;
import dev.sloth.drive.Tenancy;
import dev.sloth.dsl.PlainLua;
import dev.sloth.dsl.ScriptLimits;
import dev.sloth.dsl.Scripts;
import dev.sloth.dsl.Source;
import dev.sloth.dsl.Surroundings;
import dev.sloth.plugins.Plugins;
import dev.sloth.plugins.sops.SopsBackend;
import dev.sloth.plugins.vault.VaultBackend;
import dev.sloth.store.sqlite.SqliteStore;
import dev.sloth.store.sqlite.StoreConfig;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;

/// The only place where the parts of the program are joined.
final class Wiring {
    private static final Set<String> INTERACTIVE_GRANTS = Set.of("io", "os");

    private Wiring() {}

    /// What scripts can call, the plugins' and the language's own.
    static List<Module> modules() {
        return scripts().modules();
    }

    /// Within the usual limits.
    static Scripts scripts() {
        return new Scripts(Plugins.all(), ScriptLimits.DEFAULT);
    }

    static Scripts scripts(Config config) {
        return new Scripts(Plugins.all(), limits(config));
    }

    /// Scripts that a debugger can stop.
    static Scripts scripts(Config config, Debugging debugging) {
        return new Scripts(Plugins.all(), limits(config), debugging.debugger());
    }

    private static ScriptLimits limits(Config config) {
        return ScriptLimits.DEFAULT
                .withDefining(config.defineSteps(), config.defineMemory(), config.defineTime())
                .withExecuting(config.executeSteps(), config.executeMemory())
                .withTotalMemory(totalMemory(config))
                .withGoroutines(config.goroutines());
    }

    /// What all scripts may have together, in bytes.
    static long totalMemory(Config config) {
        return config.totalMemory() == 0
                ? ScriptLimits.TOTAL_MEMORY_DEFAULT
                : Math.min(config.totalMemory(), ScriptLimits.TOTAL_MEMORY_MAX);
    }

    /// What starts child processes, to be closed at the end.
    static ChildProcesses processes(Caller caller, Config config) {
        var usual = ProcessConfig.defaults(caller.environment());
        var wanted =
                new ProcessConfig(
                        config.killGrace(),
                        usual.pipeGrace(),
                        usual.killWait(),
                        config.keptBytes(),
                        usual.lineMax(),
                        usual.childrenMax(),
                        config.roomWait(),
                        inherited(caller));
        return new ChildProcesses(wanted, new SplittableRandom());
    }

    /// Commands work in other folders, and so does what they start.
    private static Map<String, String> inherited(Caller caller) {
        var all = new HashMap<>(caller.environment());
        var _ = all.replace(Inherited.HOME, caller.home().toAbsolutePath().toString());
        return all;
    }

    /// For texts that are typed: all modules, and the libraries that workflows have.
    static PlainLua interactive(
            Caller caller, Config config, ChildProcesses processes, StateAndEvents shared) {
        var folder = caller.folder();
        var source = new Source(folder.resolve("stdin"), folder, new byte[0]);
        var around = surroundings(config, folder, processes, shared, caller.out());
        return scripts(config).plain(source, new DataTable(), around, INTERACTIVE_GRANTS, true);
    }

    /// For a script that does not execute a task: what it says goes to `sink`.
    static Surroundings surroundings(
            Config config,
            Path folder,
            ChildProcesses processes,
            StateAndEvents shared,
            PrintStream sink) {
        return new CallerSurroundings(
                folder,
                processes.streaming((_, line) -> sink.println(line)),
                shared.state(),
                shared.events(),
                config.features(),
                sink::println,
                sink::println);
    }

    /// What scripts share, in the caller's home folder.
    static StateAndEvents stateAndEvents(Caller caller, Config config) {
        return StateAndEvents.in(caller, config);
    }

    /// The secrets in the caller's home folder, and those of others.
    ///
    /// @param project where files that a workflow names are looked for
    static OpenSecrets secrets(Caller caller, Config config, Path project) {
        var wanted = config.secrets();
        return new OpenSecrets(
                caller.home(),
                masterKeys(caller, config),
                new SecretLimits(
                        wanted.maxValue(), wanted.versions(), SecretLimits.DEFAULT.namesMax()),
                new SecureRandom(),
                List.of(
                        new SopsBackend(project, caller.folder(), caller.environment()),
                        new VaultBackend(
                                caller.environment(), caller.folder(), InstantSource.system())));
    }

    static MasterKeys masterKeys(Caller caller, Config config) {
        return new MasterKeys(
                caller.home().resolve(config.secrets().keyFile()),
                caller.folder(),
                caller.environment(),
                new SecureRandom());
    }

    /// The runs that are kept in the caller's home folder.
    static KeptRuns keptRuns(Caller caller) {
        var time = InstantSource.system();
        var store = SqliteStore.open(caller.home(), StoreConfig.DEFAULT, time);
        try {
            LostRuns.check(caller.home().resolve("runs"), store.runs());
        } catch (StoreFailure e) {
            store.close();
            throw e;
        }
        return new KeptRuns(store, ThisProcess.owner(), ThisProcess::fate, time);
    }

    /// What a run executes.
    ///
    /// @param reader loads the script
    /// @param script where its texts are kept
    /// @param secrets those that the workflow declares
    record Order(
            Scripts reader,
            Source source,
            KeptScript script,
            Workflow workflow,
            RunSecrets secrets,
            Value values) {}

    /// An id for a new run.
    static RunId newId() {
        return RunFolder.id(InstantSource.system().instant(), new SplittableRandom());
    }

    /// A run that leaves nothing behind but its artifacts, and cannot be resumed.
    static RunParts inMemory(Caller caller, Config config, Order order, RunId id, RunView view) {
        var folder = RunFolder.open(caller.home(), id);
        var artifacts = new FolderArtifacts(_ -> folder.path());
        var processes = processes(caller, config);
        var executing = executing(config);
        var shared = stateAndEvents(caller, config);
        var hands =
                new ExecutorHands(
                        executor(order.reader(), executing, processes, artifacts, shared),
                        runScript(order, id, folder),
                        view,
                        RunLog.NONE);
        var run =
                new LocalRun(
                        new MemoryJournal(),
                        hands,
                        view,
                        SteadyTime.notBefore(Instant.MIN),
                        Tenancy.ALONE,
                        executing.stopWait());
        var submit = submit(order, id, Reuse.NOTHING);
        return new RunParts(
                run,
                () -> run.run(submit),
                processes,
                List.of(
                        order.secrets().secrets()::close,
                        folder::close,
                        shared::close,
                        processes::close));
    }

    /// A new run that is kept.
    ///
    /// @param made of what, as told in lists
    static RunParts submitted(
            Caller caller,
            Config config,
            KeptRuns runs,
            Order order,
            NewRun made,
            Reuse reuse,
            RunView view) {
        var store = runs.store();
        var claim = new Claim(made.id(), 1);
        var journal = StoredJournal.submitting(store.runs(), made);
        var listener = new Adopting(view, new Adoption(store.artifacts(), reuse), claim);
        return kept(
                caller,
                config,
                runs,
                order,
                claim,
                journal,
                Kept.NEW,
                listener,
                run -> () -> run.run(submit(order, made.id(), reuse)));
    }

    /// A run that is kept and goes on.
    static RunParts resumed(
            Caller caller, Config config, KeptRuns runs, Order order, Claim claim, RunView view) {
        var store = runs.store().runs();
        var journal = StoredJournal.resuming(store, claim);
        var kept = store.find(claim.run()).map(Kept::of).orElse(Kept.NEW);
        // The process that submitted it may have ended before it was given what it takes over.
        var first = new RunHistory(store, claim.run()).submitted();
        var adoption = new Adoption(runs.store().artifacts(), first.reuse());
        return kept(
                caller,
                config,
                runs,
                order,
                claim,
                journal,
                kept,
                view,
                run ->
                        () -> {
                            adoption.make(claim);
                            return run.resume();
                        });
    }

    /// How far a run has come.
    private record Kept(long events, Instant last) {
        static final Kept NEW = new Kept(0, Instant.MIN);

        static Kept of(RunRow row) {
            return new Kept(row.events(), row.progress().at());
        }
    }

    private static RunParts kept(
            Caller caller,
            Config config,
            KeptRuns runs,
            Order order,
            Claim claim,
            Journal journal,
            Kept before,
            RunListener listener,
            Function<LocalRun, RunParts.Drive> drive) {
        // What others look at too goes by the clock of the machine, what only we measure does not.
        var clock = InstantSource.system();
        var time = SteadyTime.notBefore(before.last());
        var store = runs.store();
        var folder = RunFolder.open(caller.home(), claim.run());
        var processes = processes(caller, config);
        var logs = new CountedLogs(store.logs(), folder.path(), claim);
        var log = new StoredRunLog(logs, claim, time);
        order.script().keptBy(store.runs(), claim);
        var artifacts = new StoredArtifacts(store.artifacts(), claim, time);
        var executing = executing(config);
        var shared = stateAndEvents(caller, config);
        var hands =
                new ExecutorHands(
                        executor(order.reader(), executing, processes, artifacts, shared),
                        runScript(order, claim.run(), folder),
                        listener,
                        log);
        var lease = new Lease(store.runs(), claim, clock);
        var once = new OnceHands(hands, store.attempts(), lease, claim, runs.owner().boot(), time);
        var counted = new CountedJournal(journal, folder.path(), before.events());
        var run =
                new LocalRun(
                        counted,
                        once,
                        listener,
                        time,
                        new StoreTenancy(store, claim, lease, time),
                        executing.stopWait());
        return new RunParts(
                run,
                drive.apply(run),
                processes,
                List.of(
                        order.secrets().secrets()::close,
                        () -> runs.leave(claim),
                        () -> forgetGiven(runs, order, claim.run()),
                        folder::close,
                        counted::close,
                        shared::close,
                        processes::close,
                        logs::close,
                        log::close));
    }

    private static void forgetGiven(KeptRuns runs, Order order, RunId run) {
        if (!order.workflow().secrets().isEmpty()) {
            GivenSecrets.of(runs.store()).ended(run);
        }
    }

    private static ExecutorConfig executing(Config config) {
        return ExecutorConfig.defaults("local", ZoneId.systemDefault())
                .killGrace(config.killGrace())
                .outputsMax(config.outputsMax())
                .features(config.features());
    }

    /// What runs the lines of scripts that name no shell of their own.
    static String shell() {
        return ExecutorConfig.defaults("local", ZoneId.systemDefault()).shell();
    }

    private static TaskExecutor executor(
            Scripts reader,
            ExecutorConfig executing,
            ChildProcesses processes,
            ArtifactStore artifacts,
            StateAndEvents shared) {
        return new TaskExecutor(
                reader,
                executing,
                processes,
                InstantSource.system(),
                new SplittableRandom(),
                artifacts,
                shared.state(),
                shared.events());
    }

    /// What calls hooks.
    static HookExecutor hookExecutor(
            Caller caller, Config config, ChildProcesses processes, StateAndEvents shared) {
        return new HookExecutor(
                scripts(config),
                executing(config),
                processes,
                InstantSource.system(),
                new SplittableRandom(),
                shared.state(),
                shared.events(),
                caller.home().resolve("hooks"));
    }

    private static RunScript runScript(Order order, RunId id, RunFolder folder) {
        var workflow = order.workflow();
        return new RunScript(
                id,
                order.source(),
                order.values(),
                workflow.name(),
                workflow.permissions(),
                order.secrets(),
                folder.path());
    }

    private static RunInput.Submit submit(Order order, RunId id, Reuse reuse) {
        return new RunInput.Submit(
                InstantSource.system().instant(),
                id,
                order.workflow(),
                order.values(),
                Runtime.getRuntime().availableProcessors(),
                new SplittableRandom().nextLong(),
                reuse);
    }
}
