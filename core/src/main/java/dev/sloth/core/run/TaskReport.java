package dev.sloth.core.run;

import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.TaskName;
import java.time.Duration;
import java.time.Instant;

/// What became of one task.
///
/// @param stage empty when it belongs to none
/// @param attempts how many there were
/// @param startedAt of the first attempt; [RunReport#NOT_YET] when there was none
/// @param endedAt [RunReport#NOT_YET] while it goes on
/// @param message why it ended as it did, or what its command said
/// @param outputs empty unless it succeeded, on several agents at least on one
/// @param changed whether it says that it changed anything
public record TaskReport(
        TaskName name,
        String stage,
        TaskStatus status,
        int attempts,
        Instant startedAt,
        Instant endedAt,
        String message,
        Value.Table outputs,
        boolean changed,
        Outcome.Failure failure) {
    /// From the start of the first attempt to the end of the last; zero when it never ran.
    public Duration duration() {
        return attempts == 0 || endedAt.equals(RunReport.NOT_YET)
                ? Duration.ZERO
                : Duration.between(startedAt, endedAt);
    }

    /// The same, and so far while it goes on; zero when the clock was set back since.
    public Duration duration(Instant now) {
        if (!goesOn()) {
            return duration();
        }
        return now.isBefore(startedAt) ? Duration.ZERO : Duration.between(startedAt, now);
    }

    /// Whether its first attempt has begun and its last has not ended.
    public boolean goesOn() {
        return attempts > 0 && endedAt.equals(RunReport.NOT_YET);
    }
}
