package dev.sloth.core.retention;

import dev.sloth.api.workflow.RunId;
import java.time.Instant;

/// A run of which nothing more will come.
///
/// @param bytes what it takes: journal, output, artifacts and files of its own
public record EndedRun(RunId id, Instant endedAt, long bytes) {
    public EndedRun {
        if (bytes < 0) {
            throw new IllegalArgumentException("a run takes no less than nothing, was " + bytes);
        }
    }
}
