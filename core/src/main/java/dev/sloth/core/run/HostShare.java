package dev.sloth.core.run;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Outcome;
import java.time.Instant;
import java.util.Optional;

/// The part that one agent had in an attempt.
///
/// @param host the name of the agent that took it, or of the only one that was asked; empty when
///   nobody took what several might have taken
/// @param why it was this one, or nobody, in a sentence for people
/// @param givenAt nothing when nobody took it
/// @param outcome without outputs, which are told with the end of the attempt
public record HostShare(String host, String why, Optional<Instant> givenAt, Outcome outcome) {
    public HostShare {
        outcome =
                new Outcome(
                        outcome.status(),
                        outcome.message(),
                        new DataTable(),
                        outcome.changed(),
                        outcome.failure());
    }
}
