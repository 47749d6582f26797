package dev.sloth.core.store;

import dev.sloth.api.workflow.AttemptId;
import java.time.Instant;

/// An attempt that has begun.
///
/// @param boot of the machine at that time
/// @param epoch of the claim under which it began
/// @param status `running`, or how it ended
/// @param endedAt [Instant#MAX] while it runs
public record AttemptRow(
        AttemptId id, String boot, long epoch, String status, Instant begunAt, Instant endedAt) {
    public static final String RUNNING = "running";
}
