package dev.sloth.agent;

import dev.sloth.api.value.Data;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.dsl.ScriptStopped;
import dev.sloth.dsl.Surroundings;
import dev.sloth.dsl.TaskObject;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/// Scripts whose functions are written in Java; each load is a state of its own, and a killed one
/// stops at its next breath.
final class FakeScripts implements Script.Loader {
    private final Map<FunctionRef, Body> functions = new HashMap<>();
    final AtomicInteger loads = new AtomicInteger();
    final AtomicInteger closes = new AtomicInteger();

    @FunctionalInterface
    interface Body {
        List<Value> run(State state, List<Value> arguments)
                throws IOException, InterruptedException;
    }

    FunctionRef function(String path, Body body) {
        var reference = new FunctionRef(path);
        functions.put(reference, body);
        return reference;
    }

    @Override
    public Script load(RunScript run, Surroundings around) {
        loads.incrementAndGet();
        return new State(around);
    }

    final class State implements Script {
        final Surroundings around;
        final Map<String, Value> exported = new LinkedHashMap<>();
        private volatile String stopped = "";

        State(Surroundings around) {
            this.around = around;
        }

        /// What each step of a real script does: ends when killed.
        void breathe() {
            if (!stopped.isEmpty()) {
                throw new ScriptStopped(stopped, new Error("killed"));
            }
            Thread.onSpinWait();
        }

        @Override
        public List<Value> call(FunctionRef function, List<Value> arguments) {
            breathe();
            try {
                return Objects.requireNonNull(functions.get(function)).run(this, arguments);
            } catch (IOException e) {
                throw new AssertionError(e);
            } catch (InterruptedException e) {
                breathe();
                throw new AssertionError(e);
            }
        }

        @Override
        public Value.Table taskObject(TaskObject task) {
            return new DataTable().with("name", task.name()).with("outputs", new DataTable());
        }

        @Override
        public Map<String, Value> exported(long bytesMax) {
            return exported;
        }

        @Override
        public Value data(Value value, String where, long bytesMax) {
            return Data.copyOf(value, where, bytesMax);
        }

        @Override
        public void kill(String reason) {
            stopped = reason;
        }

        @Override
        public void close() {
            closes.incrementAndGet();
        }
    }
}
