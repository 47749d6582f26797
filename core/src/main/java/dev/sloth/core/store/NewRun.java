package dev.sloth.core.store;

import dev.sloth.api.workflow.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A run as it is submitted.
///
/// @param workflow its name
/// @param script the script's path as the user knows it
/// @param labels for people and filters
/// @param files what the script was made of: the script first, then imports and values
/// @param contents the texts that `files` and the first chapter speak of
/// @param owner who drives it
/// @param leaseUntil until when without a renewal
public record NewRun(
        RunId id,
        String workflow,
        String script,
        Instant submittedAt,
        Map<String, String> labels,
        List<RunFile> files,
        List<Content> contents,
        Owner owner,
        Instant leaseUntil) {
    public NewRun {
        labels = Map.copyOf(labels);
        files = List.copyOf(files);
        contents = List.copyOf(contents);
    }
}
