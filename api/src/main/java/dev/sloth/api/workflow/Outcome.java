package dev.sloth.api.workflow;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import java.util.List;
import java.util.OptionalInt;

/// What an attempt ended with.
///
/// @param message what the command said, or why it failed; may be empty
/// @param outputs data for dependents; empty unless it succeeded, on several agents at least on one
/// @param changed whether it says that it changed anything; true unless it says otherwise
/// @param failure what is known of a failure beyond its message
public record Outcome(
        Status status, String message, Value.Table outputs, boolean changed, Failure failure) {

    /// How an attempt ended.
    public enum Status {
        SUCCEEDED,
        FAILED,
        TIMED_OUT,
        CANCELLED,
        /// `run_if` said no.
        SKIPPED,
        /// `abort_if` said yes.
        ABORTED,
        /// Nobody can tell whether it ran.
        UNKNOWN
    }

    /// @param traceback innermost place first; empty when nothing was raised
    /// @param exitCode of the task's own command, when that ended and was not 0
    public record Failure(Span at, List<String> traceback, OptionalInt exitCode) {
        public static final Failure NONE = new Failure(Span.NOWHERE, List.of());

        public Failure {
            traceback = List.copyOf(traceback);
        }

        @Override
        public String toString() {
            var code = exitCode.isPresent() ? ", exitCode=" + exitCode.getAsInt() : "";
            return "Failure[at=%s, traceback=%s%s]".formatted(at, traceback, code);
        }

        /// Of what was not the exit code of a command.
        public Failure(Span at, List<String> traceback) {
            this(at, traceback, OptionalInt.empty());
        }
    }

    public static Outcome succeeded(String message, Value.Table outputs, boolean changed) {
        return new Outcome(Status.SUCCEEDED, message, outputs, changed, Failure.NONE);
    }

    public static Outcome failed(String message, Failure failure) {
        return new Outcome(Status.FAILED, message, new DataTable(), true, failure);
    }

    public static Outcome ended(Status status, String message) {
        return new Outcome(status, message, new DataTable(), true, Failure.NONE);
    }
}
