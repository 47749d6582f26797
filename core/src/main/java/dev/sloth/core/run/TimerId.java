package dev.sloth.core.run;

import dev.sloth.api.workflow.AttemptId;

/// What a timer is for.
public sealed interface TimerId {
    /// The attempt that follows a failed one is due.
    record Retry(AttemptId next) implements TimerId {}

    /// The run has had its time.
    record RunTimeout() implements TimerId {}
}
