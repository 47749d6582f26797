package dev.sloth.cli.view;

import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// What is known of one task of a run.
///
/// @param attempt 0 before the first
/// @param since when the phase began
/// @param took of the last attempt, zero before its end
/// @param tail the last lines of its output
public record TaskView(
        Task task,
        Phase phase,
        int attempt,
        Instant since,
        Duration took,
        Outcome outcome,
        List<String> tail) {
    public TaskView {
        tail = List.copyOf(tail);
    }

    /// Where a task is in its life.
    public enum Phase {
        WAITING,
        RUNNING,
        /// Failed, and will be tried again.
        RETRYING,
        /// Somebody must say yes first.
        APPROVAL,
        /// Nobody can tell whether its attempt ran: somebody must decide.
        UNDECIDED,
        SUCCEEDED,
        FAILED,
        TIMED_OUT,
        CANCELLED,
        SKIPPED,
        ABORTED,
        UNKNOWN;

        /// As shown and as in documents.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean over() {
            return compareTo(SUCCEEDED) >= 0;
        }

        /// Whether it ended in a way that wants attention.
        boolean bad() {
            return switch (this) {
                case FAILED, TIMED_OUT, ABORTED, UNKNOWN -> true;
                case WAITING,
                        RUNNING,
                        RETRYING,
                        APPROVAL,
                        UNDECIDED,
                        SUCCEEDED,
                        CANCELLED,
                        SKIPPED ->
                        false;
            };
        }

        static Phase of(Outcome.Status status) {
            return switch (status) {
                case SUCCEEDED -> SUCCEEDED;
                case FAILED -> FAILED;
                case TIMED_OUT -> TIMED_OUT;
                case CANCELLED -> CANCELLED;
                case SKIPPED -> SKIPPED;
                case ABORTED -> ABORTED;
                case UNKNOWN -> UNKNOWN;
            };
        }
    }

    String name() {
        return task.name().text();
    }

    String message() {
        return outcome.message();
    }
}
