package dev.sloth.cli;

import dev.sloth.api.event.Events;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Processes;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.value.Value;
import dev.sloth.dsl.Surroundings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Surroundings of a script that runs for the caller directly, not for a task: while it is read for
/// its definitions, as a plain script, or typed line by line.
final class CallerSurroundings implements Surroundings {
    private final Path folder;
    private final Processes processes;
    private final SharedState state;
    private final Events events;
    private final Consumer<String> printed;
    private final Consumer<String> logged;
    private final Map<String, String> features;
    private final RandomGenerator random = new SplittableRandom();

    CallerSurroundings(
            Path folder,
            Processes processes,
            SharedState state,
            Events.Door events,
            Map<String, String> features,
            Consumer<String> printed,
            Consumer<String> logged) {
        this.folder = folder;
        this.processes = processes;
        this.state = state;
        this.events = events.as(self(), List.of());
        this.features = new ConcurrentHashMap<>(features);
        this.printed = printed;
        this.logged = logged;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public void log(Host.Level level, String message, Map<String, Value> fields) {
        var line = new StringBuilder(level.name()).append(' ').append(message);
        fields.forEach(
                (name, value) -> line.append(' ').append(name).append('=').append(text(value)));
        logged.accept(line.toString());
    }

    private static String text(Value value) {
        return switch (value) {
            case Value.Num n when n.whole() -> Long.toString((long) n.value());
            case Value.Num n -> Double.toString(n.value());
            case Value.Bool b -> Boolean.toString(b.truthy());
            case dev.sloth.api.value.Text t -> t.toString();
            case Value.Nil _, Value.Table _, Value.Callable _, Value.Handle _ -> value.type();
        };
    }

    @Override
    public void print(String line) {
        printed.accept(line);
    }

    @Override
    public Processes processes() {
        return processes;
    }

    @Override
    public SharedState state() {
        return state;
    }

    @Override
    public Events events() {
        return events;
    }

    @Override
    public String self() {
        return "process " + ProcessHandle.current().pid();
    }

    @Override
    public InstantSource time() {
        return InstantSource.system();
    }

    @Override
    public ZoneId zone() {
        return ZoneId.systemDefault();
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public Map<String, String> features() {
        return new LinkedHashMap<>(features);
    }

    @Override
    public void enable(String feature) {
        if (!features.containsKey(feature)) {
            throw new CallFailure("there is no feature called " + feature);
        }
    }

    @Override
    public Set<Permission> granted() {
        return EnumSet.allOf(Permission.class);
    }
}
