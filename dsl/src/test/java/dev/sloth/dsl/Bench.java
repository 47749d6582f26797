package dev.sloth.dsl;

import dev.sloth.api.event.Events;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Processes;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workflow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/// A place to try scripts at, with surroundings that write down what happens.
final class Bench implements Surroundings {
    final List<String> printed = new CopyOnWriteArrayList<>();
    final List<String> complained = new CopyOnWriteArrayList<>();
    final List<String> logged = new CopyOnWriteArrayList<>();
    final List<Processes.Command> commands = new CopyOnWriteArrayList<>();
    final Map<String, String> features = new LinkedHashMap<>();
    final Map<String, String> environment = new HashMap<>();
    final Set<Permission> granted = EnumSet.allOf(Permission.class);
    final List<Module> modules = new ArrayList<>();
    DataTable values = new DataTable();

    /// Runs whenever something is written.
    Runnable onWriting = () -> {};

    ScriptLimits limits = ScriptLimits.DEFAULT;
    Path folder = Path.of("").toAbsolutePath();
    Path file = folder.resolve("try.sloth");

    Source source(String text) {
        return new Source(file, folder, text.getBytes(StandardCharsets.UTF_8));
    }

    Scripts scripts() {
        return new Scripts(modules, limits);
    }

    Definition define(String text) {
        return scripts().define(source(text), values, this);
    }

    /// The only workflow of a script that is right.
    Workflow workflow(String text) {
        var all = define(text).workflows();
        if (all.size() != 1) {
            throw new AssertionError("one workflow expected, got " + all);
        }
        return all.getFirst();
    }

    Task task(String text, String name) {
        return workflow(text).task(new TaskName(name)).orElseThrow();
    }

    /// What is wrong with a script, as users see it.
    List<String> problems(String text) {
        return found(text).stream().map(Problem::toString).toList();
    }

    List<Problem> found(String text) {
        try {
            var right = define(text);
            throw new AssertionError("no problem found: " + right);
        } catch (Problems problems) {
            return problems.list();
        }
    }

    LoadedScript load(String text, String workflow) {
        return scripts().load(source(text), workflow, values, this);
    }

    /// Loads a script with a workflow `w` and calls one of its functions.
    List<Value> call(String text, String path, Value... arguments) {
        try (var script = load(text, "w")) {
            return script.call(new FunctionRef(path), List.of(arguments));
        }
    }

    /// Runs the body of a task and gives what it returned.
    List<Value> run(String body) {
        return call(inTask(body), "task t command");
    }

    static String inTask(String body) {
        return "workflow.define('w'):tasks{ task('t'):command(function(this, params, inputs)\n"
                + body
                + "\nend) }";
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public void log(Host.Level level, String message, Map<String, Value> fields) {
        onWriting.run();
        logged.add(level + " " + message);
    }

    @Override
    public void print(String line) {
        onWriting.run();
        printed.add(line);
    }

    @Override
    public void printError(String line) {
        onWriting.run();
        complained.add(line);
    }

    @Override
    public Processes processes() {
        return command -> {
            commands.add(command);
            var out = ("ran " + command.argv().getLast()).getBytes(StandardCharsets.UTF_8);
            return new Processes.Ended(3, out, new byte[0], false, false, java.time.Duration.ZERO);
        };
    }

    @Override
    public InstantSource time() {
        return InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000));
    }

    @Override
    public SharedState state() {
        return SharedState.NONE;
    }

    @Override
    public Events events() {
        return Events.NONE;
    }

    @Override
    public String self() {
        return "bench";
    }

    @Override
    public ZoneId zone() {
        return ZoneOffset.UTC;
    }

    @Override
    public RandomGenerator random() {
        return new SplittableRandom(1);
    }

    @Override
    public Map<String, String> features() {
        return features;
    }

    @Override
    public void enable(String feature) {
        features.put(feature, "stable");
    }

    @Override
    public Set<Permission> granted() {
        return granted;
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }
}
