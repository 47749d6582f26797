package dev.sloth.dsl;

import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.dsl.bind.Offer;
import dev.sloth.dsl.define.Code;
import dev.sloth.dsl.define.Definitions;
import dev.sloth.dsl.define.Words;
import dev.sloth.lua.debug.Debugger;
import dev.sloth.lua.value.Budget;
import dev.sloth.lua.value.Grants;
import dev.sloth.lua.value.LuaKilled;
import dev.sloth.lua.value.MemoryPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Reads scripts for their definitions, and loads them to execute their functions. Safe for use by
/// many threads at once.
public final class Scripts {
    private final List<Module> modules;
    private final Offer offer;
    private final ScriptLimits limits;
    private final Debugging debugging;
    private final Compiled compiled;
    private final Watches watches;
    private final MemoryPool pool;
    private final Idle idle;
    private final Turns turns = new Turns(new Watches(System::nanoTime));

    /// @param modules what scripts may call besides the script's own words
    public Scripts(List<Module> modules, ScriptLimits limits) {
        this(modules, limits, Debugging.OFF);
    }

    /// Scripts that a debugger can stop: what they may take of time stands still meanwhile.
    public Scripts(List<Module> modules, ScriptLimits limits, Debugger debugger) {
        this(modules, limits, new Debugging(Optional.of(debugger)));
    }

    private Scripts(List<Module> modules, ScriptLimits limits, Debugging debugging) {
        this.debugging = debugging;
        this.compiled = new Compiled(debugging);
        this.watches = new Watches(() -> System.nanoTime() - debugging.stoodStill().toNanos());
        var all = new ArrayList<>(OwnModules.all());
        all.addAll(modules);
        this.modules = List.copyOf(all);
        this.offer = new Offer(this.modules, Words.lenient(), Words.shortcuts(), OwnModules.INWARD);
        this.limits = limits;
        this.pool = new MemoryPool(limits.totalMemoryBytes());
        this.idle = new Idle(limits.totalMemoryBytes());
    }

    /// All modules that scripts find: what the reference describes.
    public List<Module> modules() {
        return modules;
    }

    /// How long scripts were stopped by a debugger until now: clocks that limit them stand still
    /// for so long.
    public Duration stoodStill() {
        return debugging.stoodStill();
    }

    // ---- defining

    /// Looks at the text of a script without running it.
    ///
    /// @throws Problems with everything that is wrong with it
    public void check(Source source) {
        var _ = compiled.of(source.name(), source.text());
    }

    /// Runs a script for its definitions.
    ///
    /// @throws Problems with everything that is wrong with it
    public Definition define(Source source, Value values, Surroundings around) {
        return define(source, values, around, _ -> {});
    }

    /// The same; when the workflows are there, but something is wrong with them, `outline` is told
    /// the names of the tasks of each before the problems are thrown.
    public Definition define(
            Source source,
            Value values,
            Surroundings around,
            Consumer<Map<String, List<String>>> outline) {
        var main = compiled.of(source.name(), source.text());
        var order = order(Host.Phase.DEFINE, source, values, around);
        try (var state = opened(order);
                var _ = watches.over(state, limits.defineTime(), Limited.timeReason(limits))) {
            try {
                var _ = state.call(state.function(main), List.of());
                globals(state, source);
                var finished = state.inside(() -> state.definitions().finish(limits.tasks()));
                if (!finished.problems().isEmpty()) {
                    outline.accept(finished.outline());
                    throw new Problems(finished.problems());
                }
                return new Definition(
                        finished.workflows(), finished.schedules(), finished.warnings());
            } catch (ScriptFailure failure) {
                throw failed(state, failure);
            } catch (ScriptStopped stopped) {
                throw stopped(state, stopped.reason(), stopped);
            } catch (LuaKilled killed) {
                throw stopped(state, killed.reason(), killed);
            }
        }
    }

    /// @throws Problems when there is no memory left for what every script finds
    private ScriptState opened(ScriptState.Order order) {
        try {
            return new ScriptState(order, compiled);
        } catch (ScriptFailure failure) {
            var all = new Span(order.source().name(), 0, 0);
            throw new Problems(Limited.problem(failure, limits, all));
        }
    }

    private static void globals(ScriptState state, Source source) {
        Definitions definitions = state.definitions();
        var workflow = state.global("Workflow");
        var tasks = state.global("TaskDefinitions");
        var _ =
                state.inside(() -> {
                    definitions.globals(workflow, tasks, source.stem());
                    return definitions;
                });
    }

    private Problems failed(ScriptState state, ScriptFailure failure) {
        var problem = Limited.problem(failure, limits, all(state));
        state.definitions().complain(problem);
        var problems = new Problems(state.inside(() -> state.definitions().problemsSoFar()));
        problems.initCause(failure);
        return problems;
    }

    private Problems stopped(ScriptState state, String reason, Throwable cause) {
        state.definitions().complainFirst(Limited.stopped(reason, limits, all(state)));
        var problems = new Problems(state.definitions().problemsSoFar());
        problems.initCause(cause);
        return problems;
    }

    /// The script as a whole.
    private static Span all(ScriptState state) {
        return new Span(state.places().start().file(), 0, 0);
    }

    // ---- executing

    /// Loads a script in a state of its own, to call functions of one of its workflows. A state
    /// that served before is taken where nobody can tell it from a fresh one.
    ///
    /// @throws ScriptFailure when it raises an error while it is loaded
    /// @throws ScriptStopped when it uses up what it may
    /// @throws Problems when its text is wrong, or the workflow is not in it
    public LoadedScript load(Source source, String workflow, Value values, Surroundings around) {
        var purpose = new Idle.Purpose(source, workflow, values, around.granted(), around.zone());
        var turn = turns.take();
        boolean done = false;
        try {
            var script = idle(purpose, around, turn).orElseGet(() -> fresh(purpose, around, turn));
            turn.use();
            done = true;
            return script;
        } finally {
            if (!done) {
                turn.end();
            }
        }
    }

    private Optional<LoadedScript> idle(
            Idle.Purpose purpose, Surroundings around, Turns.Turn turn) {
        return idle.take(purpose)
                .map(loaded -> {
                    loaded.state().turnTo(around, turn::end);
                    return script(loaded.state(), purpose, () -> idle.give(loaded), turn);
                });
    }

    private static LoadedScript script(
            ScriptState state, Idle.Purpose purpose, Runnable end, Turns.Turn turn) {
        return new LoadedScript(
                state,
                purpose.source().name(),
                () -> {
                    try {
                        end.run();
                    } finally {
                        turn.end();
                    }
                });
    }

    private LoadedScript fresh(Idle.Purpose purpose, Surroundings around, Turns.Turn turn) {
        var source = purpose.source();
        var main = compiled.of(source.name(), source.text());
        var state =
                new ScriptState(
                        order(Host.Phase.EXECUTE, source, purpose.values(), around), compiled);
        boolean done = false;
        try (var _ = watches.over(state, limits.defineTime(), Limited.timeReason(limits))) {
            state.onLookOutside(turn::end);
            state.host().mute(true);
            var _ = state.call(state.function(main), List.of());
            state.host().mute(false);
            globals(state, source);
            check(state, source, purpose.workflow());
            state.definitions().loaded();
            var script = script(state, purpose, end(purpose, state), turn);
            done = true;
            return script;
        } catch (LuaKilled killed) {
            throw new ScriptStopped(killed.reason(), killed);
        } finally {
            if (!done) {
                state.close();
            }
        }
    }

    /// What is to be done with a state that has served.
    private Runnable end(Idle.Purpose purpose, ScriptState state) {
        return state.origin()
                .map(origin -> new Idle.Loaded(purpose, state, origin))
                .<Runnable>map(loaded -> () -> idle.give(loaded))
                .orElse(state::close);
    }

    private static void check(ScriptState state, Source source, String workflow) {
        if (!state.definitions().hasWorkflow(workflow)) {
            throw new Problems(
                    Code.CHANGED.at(
                            new Span(source.name(), 0, 0),
                            "there is no workflow '"
                                    + workflow
                                    + "' when the script is loaded again",
                            "Do not name workflows by time, chance or what is on this machine."));
        }
    }

    private ScriptState.Order order(
            Host.Phase phase, Source source, Value values, Surroundings around) {
        var budget =
                phase == Host.Phase.DEFINE
                        ? budget(limits.defineSteps(), limits.defineMemoryBytes())
                        : budget(limits.executeSteps(), limits.executeMemoryBytes());
        var grants = ScriptState.grants(around.granted());
        return new ScriptState.Order(phase, budget, source, values, around, offer, grants);
    }

    private Budget budget(long steps, long memoryBytes) {
        return Budget.DEFAULT
                .withFibers(limits.goroutines())
                .withSteps(steps)
                .withMemoryBytes(memoryBytes)
                .withPool(pool);
    }

    // ---- hooks

    /// A state for the script of a hook. Defining is for a look at it: what it may do then is what
    /// any script may that is read for its definitions.
    ///
    /// @throws Problems when its text is wrong, or there is no memory left
    public HookScript hook(Source source, Host.Phase phase, Surroundings around) {
        check(source);
        var order = order(phase, source, Value.Nil.NIL, around);
        return new HookScript(opened(order), compiled, source);
    }

    // ---- plain Lua

    /// A state for plain Lua, as `sloth-runner lua` runs it: the libraries that are granted by name
    /// (`io`, `os.execute`), and the modules when they are asked for.
    ///
    /// @throws Problems when there is no memory left
    public PlainLua plain(
            Source source, Value values, Surroundings around, Set<String> grants, boolean offered) {
        var order =
                new ScriptState.Order(
                        Host.Phase.EXECUTE,
                        budget(limits.executeSteps(), limits.executeMemoryBytes()),
                        source,
                        values,
                        around,
                        offered ? offer : new Offer(List.of(), Map.of(), Map.of(), Set.of()),
                        new Grants(grants));
        return new PlainLua(opened(order), compiled);
    }
}
