package dev.sloth.api.workflow;

import dev.sloth.api.value.Value;
import java.util.List;

/// Where a task may run.
public sealed interface Placement {
    /// Wherever the run is driven.
    record Here() implements Placement {}

    /// On each of these agents.
    record Agents(List<String> names) implements Placement {
        public Agents {
            names = List.copyOf(names);
        }
    }

    /// Where a function of the script says.
    record Computed(FunctionRef function) implements Placement {}

    /// On agents that fit: `{tags=, region=, name=, pool=, labels=, selector=, count=}` as data.
    record Selector(Value.Table wanted) implements Placement {}
}
