package dev.sloth.dsl;

import dev.sloth.api.event.Events;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Processes;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.value.Value;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The surroundings of whoever a state serves now.
final class AroundNow implements Surroundings {
    private volatile Surroundings now;

    AroundNow(Surroundings first) {
        this.now = first;
    }

    void turnTo(Surroundings next) {
        now = next;
    }

    @Override
    public Path folder() {
        return now.folder();
    }

    @Override
    public void goesOut() {
        now.goesOut();
    }

    @Override
    public void log(Host.Level level, String message, Map<String, Value> fields) {
        now.log(level, message, fields);
    }

    @Override
    public void print(String line) {
        now.print(line);
    }

    @Override
    public void printError(String line) {
        now.printError(line);
    }

    @Override
    public Processes processes() {
        return now.processes();
    }

    @Override
    public SharedState state() {
        return now.state();
    }

    @Override
    public Events events() {
        return now.events();
    }

    @Override
    public Value secret(String name) {
        return now.secret(name);
    }

    @Override
    public boolean lacks(String name) {
        return now.lacks(name);
    }

    @Override
    public String self() {
        return now.self();
    }

    @Override
    public InstantSource time() {
        return now.time();
    }

    @Override
    public ZoneId zone() {
        return now.zone();
    }

    @Override
    public RandomGenerator random() {
        return now.random();
    }

    @Override
    public Map<String, String> features() {
        return now.features();
    }

    @Override
    public void enable(String feature) {
        now.enable(feature);
    }

    @Override
    public Set<Permission> granted() {
        return now.granted();
    }

    @Override
    public Map<String, String> environment() {
        return now.environment();
    }
}
