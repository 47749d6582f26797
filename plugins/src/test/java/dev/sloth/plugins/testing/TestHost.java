package dev.sloth.plugins.testing;

import dev.sloth.api.event.Events;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Concurrency;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Processes;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Shown;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// A host in memory. Its clock stands still unless it is moved; its chance is seeded.
public final class TestHost implements Host {
    /// 2026-11-23 22:33:44.5 UTC.
    public static final Instant NOW = Instant.parse("2026-11-23T22:33:44.500Z");

    public final List<String> logged = Collections.synchronizedList(new ArrayList<>());
    public final List<String> printed = Collections.synchronizedList(new ArrayList<>());
    public final TestTurns turns = new TestTurns();
    public Instant now = NOW;
    private final Path folder;
    private final Map<Class<?>, Object> kept = new HashMap<>();
    private final Map<String, Value> exported = new LinkedHashMap<>();
    private RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    private Concurrency concurrency = turns;
    private Processes processes = new RealProcesses();

    public TestHost(Path folder) {
        this.folder = folder;
    }

    public TestHost() {
        this(Path.of("").toAbsolutePath());
    }

    public TestHost processes(Processes other) {
        processes = other;
        return this;
    }

    public TestHost concurrency(Concurrency other) {
        concurrency = other;
        return this;
    }

    public TestHost random(RandomGenerator other) {
        random = other;
        return this;
    }

    @Override
    public Phase phase() {
        return Phase.EXECUTE;
    }

    @Override
    public void log(Level level, String message, Map<String, Value> fields) {
        var text = new StringBuilder(level + " " + message);
        fields.forEach((k, v) -> text.append(' ').append(k).append('=').append(Shown.line(v)));
        logged.add(text.toString());
    }

    @Override
    public void print(String line) {
        printed.add(line);
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Path project() {
        return folder;
    }

    @Override
    public Value values() {
        return new DataTable();
    }

    @Override
    public void export(String name, Value value) {
        exported.put(name, value);
    }

    @Override
    public Processes processes() {
        return processes;
    }

    @Override
    public Concurrency concurrency() {
        return concurrency;
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
        return "test";
    }

    @Override
    public InstantSource time() {
        return () -> now;
    }

    @Override
    public ZoneId zone() {
        return ZoneId.of("America/Bahia_Banderas");
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public <T> T blocking(Blocking<T> work) throws InterruptedException, IOException {
        return turns.outside(work);
    }

    @Override
    public <T> T keep(Class<T> key, Supplier<T> first) {
        return key.cast(kept.computeIfAbsent(key, _ -> first.get()));
    }

    @Override
    public Map<String, String> features() {
        return Map.of();
    }

    @Override
    public void enable(String feature) {
        throw new CallFailure("there is no feature " + feature);
    }

    @Override
    public Value load(String path) {
        throw new CallFailure("there is no file " + path);
    }

    @Override
    public Set<Permission> granted() {
        return EnumSet.allOf(Permission.class);
    }
}
