package dev.sloth.core.run;

import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import java.util.Map;

/// What a run takes over from an earlier one instead of doing it again.
///
/// @param from the earlier run; empty text when there is none
/// @param outcomes of the tasks that are taken over, all of them successful
public record Reuse(RunId from, Map<TaskName, Outcome> outcomes) {
    /// A run of its own.
    public static final Reuse NOTHING = new Reuse(new RunId(""), Map.of());

    public Reuse {
        outcomes = Map.copyOf(outcomes);
        outcomes.forEach((task, outcome) -> {
            if (outcome.status() != Outcome.Status.SUCCEEDED) {
                throw new IllegalArgumentException(task + " did not succeed: " + outcome.status());
            }
        });
    }
}
