package dev.sloth.api.workflow;

import dev.sloth.api.value.Value;
import java.util.Map;

/// One attempt, ready to be executed.
///
/// @param inputs outputs of the dependencies, by task
public record Assignment(AttemptId id, Task task, Map<TaskName, Value.Table> inputs) {
    public Assignment {
        inputs = Map.copyOf(inputs);
    }
}
