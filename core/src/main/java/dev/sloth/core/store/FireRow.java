package dev.sloth.core.store;

import dev.sloth.api.workflow.RunId;
import java.time.Instant;
import java.util.Optional;

/// What became of an instant of a schedule, or of several in a row.
///
/// @param schedule the number of the schedule
/// @param at the instant; of several the first
/// @param last the last of them
/// @param count how many they are: one, unless they were skipped together
/// @param why it was skipped or has failed, or how its run ended; otherwise empty
/// @param owner the text of who is about to start its run; empty when nobody is
/// @param epoch of the newest claim
/// @param run its run; empty before that was submitted
/// @param runStatus how that stands now; empty when there is none, or it was deleted
/// @param runEnded whether that has ended, or is gone
public record FireRow(
        long number,
        long schedule,
        Instant at,
        Instant last,
        long count,
        FireStatus status,
        String why,
        Instant decidedAt,
        String owner,
        Instant leaseUntil,
        long epoch,
        String run,
        String runStatus,
        boolean runEnded) {

    public Optional<RunId> runId() {
        return run.isEmpty() ? Optional.empty() : Optional.of(new RunId(run));
    }

    public Optional<Owner> heldBy() {
        return owner.isEmpty() ? Optional.empty() : Optional.of(Owner.parse(owner));
    }
}
