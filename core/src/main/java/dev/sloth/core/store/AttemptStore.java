package dev.sloth.core.store;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Attempts that have begun: the proof that an id is executed at most once. Those of tasks begin
/// with a [Chapter], which the store refuses when one of them has begun before.
public interface AttemptStore {
    /// Marks that something else begins, before anything of it happens. False when it has begun
    /// before: then it must not be executed again.
    ///
    /// @param claim to the run of the attempt
    /// @param boot as in [Owner]: where its processes can be looked for
    boolean begin(Claim claim, AttemptId id, String boot, Instant at);

    Optional<AttemptRow> find(AttemptId id);

    /// In the order in which they began.
    List<AttemptRow> of(RunId run);
}
