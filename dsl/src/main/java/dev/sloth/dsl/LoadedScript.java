package dev.sloth.dsl;

import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.api.workflow.Problems;
import dev.sloth.dsl.define.Code;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A script loaded to execute functions of one of its workflows, in a state of its own. Its calls
/// are made one at a time, from any thread.
public final class LoadedScript implements AutoCloseable {
    private final ScriptState state;
    private final String name;
    private final Runnable end;
    private boolean closed;

    /// @param end what is to be done with the state in the end
    LoadedScript(ScriptState state, String name, Runnable end) {
        this.state = state;
        this.name = name;
        this.end = end;
    }

    /// The state, as long as it is ours.
    private synchronized ScriptState state() {
        if (closed) {
            throw new IllegalStateException(name + " is closed");
        }
        return state;
    }

    /// Calls a function on the calling thread and gives its results.
    ///
    /// @throws ScriptFailure when it raised an error, with place and traceback
    /// @throws ScriptStopped when it was killed or has used up what it may
    public List<Value> call(FunctionRef function, List<Value> arguments) {
        var found = state().functionAt(function.path()).orElseThrow(() -> lost(function));
        try {
            return state().call(found, arguments);
        } catch (Problems problems) {
            throw new ScriptFailure(
                    String.valueOf(problems.getMessage()),
                    Text.of(String.valueOf(problems.getMessage())),
                    List.of(),
                    problems);
        }
    }

    private ScriptFailure lost(FunctionRef function) {
        var message =
                "%s: the function '%s' is not there when the script is loaded again [%s]"
                        .formatted(name, function, Code.CHANGED.text());
        return new ScriptFailure(
                message, Text.of(message), List.of(), new IllegalStateException(message));
    }

    /// Stops what runs, for good and within 50 ms; from any thread.
    public synchronized void kill(String reason) {
        if (!closed) {
            state.kill(reason);
        }
    }

    /// The `this` of a task, to be given to its functions: what one puts into it, the next sees.
    public Value.Table taskObject(TaskObject task) {
        var fresh = state().fresh(new This(state().host()).of(task));
        return fresh instanceof Value.Table table ? table : new This(state().host()).of(task);
    }

    /// What the script gave with `export` and in its global table `outputs`.
    ///
    /// @param bytesMax of each
    /// @throws IllegalArgumentException when something in `outputs` is not data, or takes more
    public Map<String, Value> exported(long bytesMax) {
        var all = new LinkedHashMap<>(state().exported());
        if (state().global("outputs") instanceof Value.Table outputs) {
            for (var entry : outputs.entries()) {
                if (entry.key() instanceof Text key) {
                    all.put(key.toString(), data(entry.value(), "outputs." + key, bytesMax));
                }
            }
        }
        return all;
    }

    /// A copy of a value of this script, as data of its own.
    ///
    /// @throws IllegalArgumentException when it is not data, takes more bytes, or more memory than
    ///   the script may have
    public Value data(Value value, String where, long bytesMax) {
        return state().data(value, where, bytesMax);
    }

    /// Ends goroutines and coroutines, and closes files.
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        end.run();
    }
}
