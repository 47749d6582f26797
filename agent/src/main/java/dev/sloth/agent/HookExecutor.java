package dev.sloth.agent;

import dev.sloth.agent.process.ChildProcesses;
import dev.sloth.agent.process.Inherited;
import dev.sloth.agent.process.ProcessMark;
import dev.sloth.api.event.Event;
import dev.sloth.api.event.Events;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.dsl.ScriptStopped;
import dev.sloth.dsl.Scripts;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/// Calls hooks, each in a script of its own and within its time; many at once, each on the thread
/// that asks. Relative paths of a hook start in its project.
public final class HookExecutor {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Scripts scripts;
    private final Means means;
    private final Path folder;
    private final Watch watch;

    /// @param folder where it is kept which processes are those of hooks
    public HookExecutor(
            Scripts scripts,
            ExecutorConfig config,
            ChildProcesses processes,
            InstantSource time,
            RandomGenerator random,
            SharedState state,
            Events.Door events,
            Path folder) {
        this.scripts = scripts;
        this.folder = folder;
        this.means =
                new Means(
                        Script.Loader.of(scripts),
                        config,
                        processes,
                        time,
                        new Means.Chance(random),
                        new FolderArtifacts(_ -> folder),
                        state,
                        events,
                        new Means.Once());
        this.watch = new Watch(config.nudge(), config.stopWait());
    }

    /// Calls a hook. Interrupting ends it: its script and its processes are then gone.
    public HookEnd call(HookCall call, AttemptOutput output) {
        var around = around(call, new OrderedOutput(output, new ReentrantLock()));
        return switch (watch.run(
                "hook " + call.hook(), call.timeout(), leash -> called(call, around, leash))) {
            case Watch.End.Done<HookEnd>(var end) -> end;
            case Watch.End.TimedOut<HookEnd> _ ->
                    new HookEnd.Failed("it took longer than " + Durations.text(call.timeout()));
            case Watch.End.Cancelled<HookEnd> _ -> new HookEnd.Cancelled();
            case Watch.End.Broke<HookEnd>(var cause) ->
                    new HookEnd.Failed(Failures.broken(cause).message());
        };
    }

    private AttemptSurroundings around(HookCall call, AttemptOutput output) {
        var id = new AttemptId(new RunId(call.id()), new TaskName(call.hook()), call.attempt());
        var run =
                new RunScript(
                        id.run(), call.source(), Value.Nil.NIL, call.hook(), Map.of(), folder);
        return new AttemptSurroundings(
                id,
                () -> call.source().project(),
                output,
                new AttemptSurroundings.BoundTo(
                        Map.of(Inherited.CAUSES, String.join("\n", call.causes())), ""),
                run,
                means.toldBecauseOf(call.causes()),
                ProcessMark.of(folder.resolve(call.id())));
    }

    private HookEnd called(HookCall call, AttemptSurroundings around, Leash leash) {
        try (var script = scripts.hook(call.source(), Host.Phase.EXECUTE, around)) {
            leash.hold(script::kill);
            script.about(told(call.event()));
            if (!script.holds(call.condition())) {
                return new HookEnd.Unwanted();
            }
            script.load();
            var verdict = ScriptStopped.orRead(() -> Verdict.of(script.react()));
            return verdict.success()
                    ? new HookEnd.Done(verdict.message())
                    : new HookEnd.Failed(verdict.message());
        } catch (ScriptFailure | Problems e) {
            return new HookEnd.Failed(Failures.message(e));
        } catch (ScriptStopped e) {
            if (leash.pulled()) {
                throw e;
            }
            return new HookEnd.Failed(Failures.message(e));
        }
    }

    /// An event as hooks see it.
    public static DataTable told(Event event) {
        var at = event.at();
        var table =
                new DataTable()
                        .with("id", event.id())
                        .with("type", event.type())
                        .with("subject", event.subject())
                        .with("source", event.source())
                        .with("time", at.toString())
                        .with("timestamp", at.getEpochSecond() + at.getNano() / NANOS_PER_SECOND)
                        .with("data", event.data());
        // Older hooks look for what happened to a task there.
        return event.type().startsWith("task.") ? table.with("task", event.data()) : table;
    }
}
