package dev.sloth.dsl;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.value.Data;
import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.dsl.bind.Binder;
import dev.sloth.dsl.bind.Border;
import dev.sloth.dsl.bind.Calling;
import dev.sloth.dsl.bind.Fibres;
import dev.sloth.dsl.bind.Offer;
import dev.sloth.dsl.bind.Refusals;
import dev.sloth.dsl.bind.SecretsTable;
import dev.sloth.dsl.define.Definitions;
import dev.sloth.dsl.define.Places;
import dev.sloth.lua.lib.Libraries;
import dev.sloth.lua.value.Budget;
import dev.sloth.lua.value.Grants;
import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaKilled;
import dev.sloth.lua.value.LuaState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// One Lua state with everything a script finds in it.
final class ScriptState implements AutoCloseable {
    private final LuaState s;
    private final Border border;
    private final ScriptHost host;
    private final Lines lines;
    private final Lines errors;
    private final Definitions definitions;
    private final AroundNow around;
    private final Places places = new Places();
    private final Debugging debugging;

    /// What to make a state for.
    record Order(
            Host.Phase phase,
            Budget budget,
            Source source,
            Value values,
            Surroundings around,
            Offer offer,
            Grants grants) {}

    /// @throws ScriptFailure when there is no memory left for what every script finds
    ScriptState(Order order, Compiled compiled) {
        s = new LuaState(order.budget());
        border = new Border(s);
        around = new AroundNow(order.around());
        boolean defining = order.phase() == Host.Phase.DEFINE;
        debugging = compiled.debugging();
        debugging.begun(s, () -> defining ? "reading " + order.source().name() : around.self());
        var importer = new Importer(border, order.source(), compiled, places, defining);
        host =
                new ScriptHost(
                        order.phase(),
                        order.source().project(),
                        order.values(),
                        around,
                        new Fibres(border),
                        importer);
        lines = new Lines(host::print, s.fibers()::throwIfKilled);
        errors = new Lines(host::printError, s.fibers()::throwIfKilled);
        definitions = new Definitions(s, defining, places);
        boolean opened = false;
        try {
            open(order, importer);
            opened = true;
        } finally {
            if (!opened) {
                close();
            }
        }
    }

    private void open(Order order, Importer importer) {
        inside(() -> {
            border.served(host);
            border.notedIn(definitions.notes(), importer, host);
            var binder = new Binder(border);
            Libraries.open(s, order.grants(), around(binder, importer));
            var _ = host.keep(Definitions.class, () -> definitions);
            Refusals.fill(s, order.grants());
            binder.bind(order.offer());
            SecretsTable.put(border);
            var values = Calling.fresh(border, order.values());
            Calling.set(border, "values", values);
            Calling.set(border, "Values", values);
            Calling.set(
                    border, "outputs", Calling.fresh(border, new dev.sloth.api.value.DataTable()));
            return s;
        });
    }

    private dev.sloth.lua.lib.Surroundings around(Binder binder, Importer importer) {
        return dev.sloth.lua.lib.Surroundings.NOTHING
                .withOutput(lines)
                .withErrors(errors)
                .withTime(() -> around.time().instant(), around.zone())
                .withSeed(around.random().nextLong())
                .withEnvironment(name -> Optional.ofNullable(around.environment().get(name)))
                .withDirectory(around::folder)
                .withCpuTime(ProcessorTime::nanos)
                .withProcesses(new Shells(around::processes, around::folder))
                .withModules((_, name) -> found(binder, importer, name));
    }

    private static Optional<LuaFunction> found(Binder binder, Importer importer, String name) {
        return binder.loader(name).or(() -> importer.module(name));
    }

    /// What a workflow script is granted of Lua's own libraries.
    static Grants grants(Set<Permission> granted) {
        return Grants.of(Refusals.allowed(granted).toArray(String[]::new));
    }

    /// Does something in this state.
    ///
    /// @throws ScriptFailure when there is no memory left for it
    <T> T inside(Supplier<T> work) {
        return Calling.inside(border, work);
    }

    /// Calls a function of this state.
    ///
    /// @throws ScriptFailure when it raised an error
    /// @throws ScriptStopped when it was killed
    List<Value> call(Value.Callable function, List<Value> arguments) {
        try {
            return function.call(arguments);
        } catch (LuaKilled killed) {
            throw new ScriptStopped(killed.reason(), killed);
        } catch (ScriptFailure failure) {
            throw detached(failure);
        } finally {
            lines.finish();
            errors.finish();
        }
    }

    /// The same failure with a value that outlives this state: a copy, or the message where the
    /// value is not data.
    private static ScriptFailure detached(ScriptFailure failure) {
        var message = String.valueOf(failure.getMessage());
        Value value;
        try {
            value = Data.copyOf(failure.value(), "error");
        } catch (IllegalArgumentException _) {
            value = Text.of(message);
        }
        return new ScriptFailure(message, value, failure.traceback(), failure);
    }

    /// The function that was given to a field, by the path of its reference.
    ///
    /// @throws ScriptStopped when the state was killed
    Optional<Value.Callable> functionAt(String path) {
        try {
            return inside(() -> definitions.function(path));
        } catch (LuaKilled killed) {
            throw new ScriptStopped(killed.reason(), killed);
        }
    }

    // ---- reuse

    /// Has this run before the script looks outside, besides what the surroundings do then.
    void onLookOutside(Runnable first) {
        s.onLookOutside(() -> {
            first.run();
            goOut();
        });
    }

    private void goOut() {
        try {
            around.goesOut();
        } catch (CallFailure e) {
            throw s.error(String.valueOf(e.getMessage()));
        }
    }

    /// What this state is like now, so that it can serve others afterwards; empty when they could
    /// tell.
    Optional<Origin> origin() {
        return Imprint.of(s, Definitions::isDefined)
                .map(imprint -> new Origin(imprint, host.standing()));
    }

    /// What a state was like when it had been loaded.
    record Origin(Imprint imprint, ScriptHost.Standing host) {}

    /// Puts everything back; whether that was possible. Not while something runs.
    boolean putBack(Origin origin) {
        if (!origin.imprint().restore()) {
            return false;
        }
        host.putBack(origin.host());
        definitions.putBack();
        return true;
    }

    /// Serves another from now on; `out` is run before the script looks outside.
    void turnTo(Surroundings next, Runnable out) {
        around.turnTo(next);
        onLookOutside(out);
        s.seed(next.random().nextLong());
    }

    Value.Callable function(dev.sloth.lua.vm.CompiledScript script) {
        return Calling.callable(border, script.in(s));
    }

    Value global(String name) {
        return Calling.global(border, name);
    }

    void set(String name, Value value) {
        Calling.set(border, name, value);
    }

    Value fresh(Value data) {
        return Calling.fresh(border, data);
    }

    Value data(Value value, String where, long bytesMax) {
        return Calling.data(border, value, where, bytesMax);
    }

    Map<String, Value> exported() {
        return host.exported();
    }

    ScriptHost host() {
        return host;
    }

    Definitions definitions() {
        return definitions;
    }

    Places places() {
        return places;
    }

    boolean isKilled() {
        return s.fibers().isKilled();
    }

    void kill(String reason) {
        s.fibers().kill(reason);
    }

    @Override
    public void close() {
        s.fibers().close();
        debugging.ended(s);
        host.release();
    }
}
