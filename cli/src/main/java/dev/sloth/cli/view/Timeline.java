package dev.sloth.cli.view;

import dev.sloth.api.workflow.TaskName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// When the attempts of a run waited and when they ran.
///
/// @param from when the run was submitted
/// @param until when it ended, or now
/// @param attempts in the order in which they became ready
/// @param path the tasks of its critical path, the first one first; see [CriticalPath]
public record Timeline(Instant from, Instant until, List<Attempt> attempts, List<TaskName> path) {
    /// The status of an attempt that waits for a slot.
    public static final String QUEUED = "ready";

    public Timeline {
        attempts = List.copyOf(attempts);
        path = List.copyOf(path);
    }

    /// @param ready since when nothing but a free slot was waited for
    /// @param started the end of that, or of what is known, when it has not started
    /// @param ended the end of what is known, while it runs
    /// @param status a word, as that of a task
    public record Attempt(
            TaskName task,
            int number,
            Instant ready,
            Instant started,
            Instant ended,
            String status) {
        /// How long it waited for a slot.
        public Duration queued() {
            return positive(ready, started);
        }

        /// How long it ran so far.
        public Duration ran() {
            return positive(started, ended);
        }

        /// Clocks may have been set back meanwhile.
        private static Duration positive(Instant from, Instant to) {
            return from.isBefore(to) ? Duration.between(from, to) : Duration.ZERO;
        }
    }
}
