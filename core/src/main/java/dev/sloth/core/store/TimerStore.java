package dev.sloth.core.store;

import dev.sloth.api.workflow.RunId;
import java.time.Instant;
import java.util.List;

/// Timers that are to ring; set and taken down by chapters.
public interface TimerStore {
    /// Of one run, soonest first.
    List<Chapter.Timer> of(RunId run);

    /// Runs with a timer due at `now`, most overdue first.
    List<RunId> due(Instant now, int limit);
}
