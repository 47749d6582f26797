package dev.sloth.core.store;

import dev.sloth.api.workflow.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A run as lists show it.
///
/// @param events how many its journal holds
/// @param owner the text of who drives it; empty when nobody does
/// @param leaseUntil until when, unless renewed
/// @param epoch of the newest claim
public record RunRow(
        RunId id,
        String workflow,
        String script,
        Instant submittedAt,
        Map<String, String> labels,
        List<RunFile> files,
        Progress progress,
        long events,
        String owner,
        Instant leaseUntil,
        long epoch) {
    public RunRow {
        labels = Map.copyOf(labels);
        files = List.copyOf(files);
    }

    public Optional<Owner> drivenBy() {
        return owner.isEmpty() ? Optional.empty() : Optional.of(Owner.parse(owner));
    }
}
