package dev.sloth.agent;

import dev.sloth.agent.process.CommandRecord;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Processes;
import dev.sloth.api.plugin.Processes.Command;
import dev.sloth.api.value.Data;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.dsl.TaskObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The functions and shell lines of one piece of work. The script is loaded when first called: a
/// task without functions needs none. Used by one thread.
final class Calls implements AutoCloseable {
    private final RunScript run;
    private final AttemptSurroundings around;
    private final Means means;
    private final Leash leash;
    private @Nullable Script script;
    private Value.@Nullable Table self;

    Calls(RunScript run, AttemptSurroundings around, Means means, Leash leash) {
        this.run = run;
        this.around = around;
        this.means = means;
        this.leash = leash;
    }

    Leash leash() {
        return leash;
    }

    Script script() {
        var loaded = script;
        if (loaded == null) {
            loaded = means.scripts().load(run, around);
            script = loaded;
            leash.hold(loaded);
        }
        return loaded;
    }

    /// The `this` of the functions called here.
    Value.Table self(TaskObject task) {
        var made = self;
        if (made == null) {
            made = script().taskObject(task);
            self = made;
        }
        return made;
    }

    /// All outputs as data of their own: what was exported, what functions put into `this.outputs`,
    /// and what was returned.
    ///
    /// @param bytesMax of all of them
    /// @throws IllegalArgumentException when they are not data, or take more
    Value.Table outputs(Value.Table returned, long bytesMax) {
        var all = new DataTable();
        if (script != null) {
            script.exported(bytesMax).forEach(all::put);
            if (self != null && self.at("outputs") instanceof Value.Table given) {
                addAll(all, script.data(given, "this.outputs", bytesMax));
            }
            addAll(all, script.data(returned, "outputs", bytesMax));
        }
        return (Value.Table) Data.copyOf(all, "outputs", bytesMax);
    }

    private static void addAll(DataTable all, Value more) {
        ((Value.Table) more).entries().forEach(entry -> all.put(entry.key(), entry.value()));
    }

    List<Value> call(FunctionRef function, Supplier<List<Value>> arguments) {
        var loaded = script();
        return loaded.call(function, arguments.get());
    }

    /// A line for a shell, the usual one when `shell` is empty.
    Command shell(String shell, String line) throws IOException {
        return Command.shell(
                shell.isEmpty() ? means.config().shell() : shell, line, around.madeFolder());
    }

    /// Runs the attempt's own command, which may outlive us; empty when nobody can tell how it
    /// ended.
    Optional<Processes.Ended> process(Command command, CommandRecord record)
            throws IOException, InterruptedException {
        allowed();
        return around.run(command, record);
    }

    private void allowed() throws IOException {
        if (!run.granted().contains(Permission.EXEC)) {
            throw new IOException("this workflow may not run processes (permissions.exec)");
        }
    }

    /// Whether the condition holds; a word of its own is for others to know.
    boolean holds(Condition condition, boolean whenNone, Supplier<List<Value>> arguments)
            throws IOException, InterruptedException {
        return switch (condition) {
            case Condition.None _ -> whenNone;
            case Condition.Fixed(var value) -> value;
            case Condition.Shell(var line) -> {
                allowed();
                yield around.processes().run(shell("", line)).exitCode() == 0;
            }
            case Condition.Call(var function) -> {
                var results = call(function, arguments);
                yield !results.isEmpty() && results.getFirst().truthy();
            }
            case Condition.Named(var word) ->
                    throw new IOException("'" + word + "' is not a condition that is known here");
        };
    }

    /// What a hook said; one that raises an error says no.
    Verdict hook(FunctionRef function, Supplier<List<Value>> arguments) {
        try {
            return Verdict.of(call(function, arguments));
        } catch (ScriptFailure e) {
            return Verdict.failed(Failures.message(e));
        }
    }

    @Override
    public void close() {
        if (script != null) {
            script.close();
        }
    }
}
