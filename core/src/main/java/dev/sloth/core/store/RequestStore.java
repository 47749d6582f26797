package dev.sloth.core.store;

import dev.sloth.api.workflow.RunId;
import java.time.Instant;
import java.util.List;

/// What others ask of a run's owner: to cancel, to take a decision. Kept until the owner has
/// answered it.
public interface RequestStore {
    /// @return false when there is no such run, or it has ended
    boolean ask(RunId run, Request.Kind kind, String body, String by, Instant at);

    /// Those that wait, in the order in which they were asked.
    List<Request> of(RunId run);

    /// It was answered.
    void answered(Claim claim, long number);

    /// @param number tells it from all others
    /// @param body its details, encoded
    /// @param by who asks
    record Request(long number, Kind kind, String body, String by, Instant at) {
        /// What is asked for.
        public enum Kind {
            CANCEL,
            DECIDE
        }
    }
}
