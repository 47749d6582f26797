package dev.sloth.core.store;

import dev.sloth.api.workflow.RunId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which runs are wanted: the one submitted last comes first; all conditions together.
///
/// @param statuses empty means any
/// @param workflow empty means any
/// @param script the script's absolute path; empty means any
/// @param since runs submitted at or after; [Instant#MIN] means any
/// @param labels that the run must have, with these values
/// @param before only runs submitted before this one: where the page before ended; when it is gone,
///   the store refuses with `CONFLICT`
/// @param limit how many at most, up to [#LIMIT_MAX]
public record RunQuery(
        Set<String> statuses,
        String workflow,
        String script,
        Instant since,
        Map<String, String> labels,
        Optional<RunId> before,
        int limit) {
    /// The largest page.
    public static final int LIMIT_MAX = 1_000;

    /// The newest of all.
    public static final RunQuery ALL =
            new RunQuery(Set.of(), "", "", Instant.MIN, Map.of(), Optional.empty(), LIMIT_MAX);

    public RunQuery {
        statuses = Set.copyOf(statuses);
        labels = Map.copyOf(labels);
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException(
                    "a page has 1 to %d runs, not %d".formatted(LIMIT_MAX, limit));
        }
    }

    public RunQuery after(RunId last) {
        return new RunQuery(statuses, workflow, script, since, labels, Optional.of(last), limit);
    }
}
