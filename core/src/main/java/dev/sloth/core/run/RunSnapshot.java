package dev.sloth.core.run;

import java.time.Instant;
import java.util.List;

/// A run at one moment, without what follows from its submission: enough to go on from there.
///
/// @param tasks in the order of the script; may be a view that is read once
public record RunSnapshot(
        RunPhase phase,
        StageProgress stage,
        Verdict verdict,
        Instant endedAt,
        List<TaskState> tasks) {}
