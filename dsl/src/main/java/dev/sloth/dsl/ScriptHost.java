package dev.sloth.dsl;

import dev.sloth.api.event.Events;
import dev.sloth.api.plugin.Concurrency;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Keeper;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Processes;
import dev.sloth.api.secret.SecretUse;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.value.Data;
import dev.sloth.api.value.Value;
import dev.sloth.dsl.bind.Fibres;
import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.MemoryWalk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What the functions of one script state may ask for.
final class ScriptHost implements Host, MemoryWalk.Visited, Imprint.Constant {
    private final Phase phase;
    private final Path project;
    private final Value values;
    private final Surroundings around;
    private final Fibres fibres;
    private final Importer importer;
    private final Map<Class<?>, Object> kept = new HashMap<>();
    private final Map<String, Value> exported = new LinkedHashMap<>();
    private volatile boolean muted;

    ScriptHost(
            Phase phase,
            Path project,
            Value values,
            Surroundings around,
            Fibres fibres,
            Importer importer) {
        this.phase = phase;
        this.project = project;
        this.values = values;
        this.around = around;
        this.fibres = fibres;
        this.importer = importer;
    }

    /// While muted, what the script logs and prints is dropped: it was shown when it was defined.
    void mute(boolean on) {
        muted = on;
    }

    Map<String, Value> exported() {
        return exported;
    }

    /// What functions have kept and exported, to be put back.
    Standing standing() {
        return new Standing(Map.copyOf(kept), new LinkedHashMap<>(exported));
    }

    record Standing(Map<Class<?>, Object> kept, Map<String, Value> exported) {}

    void putBack(Standing before) {
        release();
        kept.clear();
        kept.putAll(before.kept);
        exported.clear();
        exported.putAll(before.exported);
    }

    /// Closes what functions have kept and must be closed, such as connections.
    void release() {
        for (var each : kept.values()) {
            if (each instanceof AutoCloseable open) {
                try {
                    open.close();
                } catch (Exception e) {
                    log(Level.WARN, "not closed: " + e.getMessage(), Map.of());
                }
            }
        }
    }

    /// What functions have kept for the script counts as its memory, and what it has exported.
    @Override
    public long visit(MemoryWalk walk) {
        for (var each : kept.values()) {
            if (each instanceof Keeper keeper) {
                walk.see(keeper);
            }
        }
        long bytes = 0;
        for (var each : exported.values()) {
            bytes += 2L * Data.VALUE_BYTES + Data.bytes(each);
        }
        return bytes;
    }

    @Override
    public Phase phase() {
        return phase;
    }

    @Override
    public void log(Level level, String message, Map<String, Value> fields) {
        if (!muted) {
            around.log(level, message, fields);
        }
    }

    @Override
    public void print(String line) {
        if (!muted) {
            around.print(line);
        }
    }

    /// What the script writes to `io.stderr`.
    void printError(String line) {
        if (!muted) {
            around.printError(line);
        }
    }

    @Override
    public Path folder() {
        return around.folder();
    }

    @Override
    public Path project() {
        return project;
    }

    @Override
    public Value values() {
        return values;
    }

    @Override
    public void export(String name, Value value) {
        exported.put(name, value);
    }

    @Override
    public Processes processes() {
        return around.processes();
    }

    @Override
    public Concurrency concurrency() {
        return fibres;
    }

    @Override
    public SharedState state() {
        return around.state();
    }

    @Override
    public Events events() {
        return around.events();
    }

    @Override
    public Value secret(String name) {
        return switch (phase) {
            case DEFINE -> standIn(name);
            // While it is loaded, a script may only name it: what has no need of it goes on.
            case EXECUTE -> muted && around.lacks(name) ? standIn(name) : around.secret(name);
        };
    }

    private static Value standIn(String name) {
        return new Value.Handle(SecretUse.TYPE, new SecretUse(name));
    }

    @Override
    public String self() {
        return around.self();
    }

    @Override
    public InstantSource time() {
        return around.time();
    }

    @Override
    public ZoneId zone() {
        return around.zone();
    }

    @Override
    public RandomGenerator random() {
        return around.random();
    }

    @Override
    public <T> T blocking(Blocking<T> work) throws InterruptedException, IOException {
        return fibres.blocking(work);
    }

    @Override
    public <T> T keep(Class<T> key, Supplier<T> first) {
        var there = kept.get(key);
        if (there == null) {
            there = first.get();
            kept.put(key, there);
        }
        return key.cast(there);
    }

    @Override
    public Map<String, String> features() {
        return around.features();
    }

    @Override
    public void enable(String feature) {
        around.enable(feature);
    }

    @Override
    public Value load(String path) {
        return importer.load(path);
    }

    @Override
    public Set<Permission> granted() {
        return around.granted();
    }
}
