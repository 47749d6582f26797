package dev.sloth.agent;

import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.dsl.LoadedScript;
import dev.sloth.dsl.Scripts;
import dev.sloth.dsl.Surroundings;
import dev.sloth.dsl.TaskObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What the executor asks of a loaded script.
interface Script extends Leash.Stoppable, AutoCloseable {
    List<Value> call(FunctionRef function, List<Value> arguments);

    /// The `this` of the task; what one function puts into it, the next sees.
    Value.Table taskObject(TaskObject task);

    /// What it gave as outputs, beside what its functions return.
    ///
    /// @param bytesMax of each
    Map<String, Value> exported(long bytesMax);

    /// A copy of a value of the script, as data of its own.
    ///
    /// @throws IllegalArgumentException when it is not data, or takes more bytes
    Value data(Value value, String where, long bytesMax);

    @Override
    void close();

    /// Loads the script of a run, each time in a state of its own.
    @FunctionalInterface
    interface Loader {
        Script load(RunScript run, Surroundings around);

        /// How long scripts were stopped by a debugger until now, which is no time of theirs.
        default Duration stoodStill() {
            return Duration.ZERO;
        }

        static Loader of(Scripts scripts) {
            return new Loader() {
                @Override
                public Script load(RunScript run, Surroundings around) {
                    return new Loaded(
                            scripts.load(run.source(), run.workflow(), run.values(), around));
                }

                @Override
                public Duration stoodStill() {
                    return scripts.stoodStill();
                }
            };
        }
    }

    /// A script of the real engine.
    record Loaded(LoadedScript script) implements Script {
        @Override
        public List<Value> call(FunctionRef function, List<Value> arguments) {
            return script.call(function, arguments);
        }

        @Override
        public Value.Table taskObject(TaskObject task) {
            return script.taskObject(task);
        }

        @Override
        public Map<String, Value> exported(long bytesMax) {
            return script.exported(bytesMax);
        }

        @Override
        public Value data(Value value, String where, long bytesMax) {
            return script.data(value, where, bytesMax);
        }

        @Override
        public void kill(String reason) {
            script.kill(reason);
        }

        @Override
        public void close() {
            script.close();
        }
    }
}
