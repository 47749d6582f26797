package dev.sloth.agent;

import dev.sloth.api.workflow.Assignment;

/// One attempt, with all that is needed to execute it.
public record Job(Assignment assignment, RunScript run) {
    /// What the attempt leaves on disk while it is under way.
    AttemptRecord record() {
        return AttemptRecord.of(run, assignment.id());
    }
}
