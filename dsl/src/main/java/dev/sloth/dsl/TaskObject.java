package dev.sloth.dsl;

import dev.sloth.api.value.Value;
import java.nio.file.Path;
import java.util.Map;

/// What a task's function finds in `this`.
///
/// @param run the run's id
/// @param agent the name of the worker; empty for a local run
/// @param more further fields
public record TaskObject(
        String name, Path workdir, String run, int attempt, String agent, Map<String, Value> more) {
    public TaskObject {
        more = Map.copyOf(more);
    }
}
