package dev.sloth.master.rpc;

import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.RunFile;
import java.util.List;
import java.util.Map;

/// A run that somebody wants. All that it is made of can be had: here, or in the store.
///
/// @param script the script's path as its user knows it
/// @param files what the script was made of
/// @param contents what the store did not have of all this
/// @param by who wants it
public record WantedRun(
        RunId id,
        Workflow workflow,
        Value values,
        String script,
        Map<String, String> labels,
        List<RunFile> files,
        List<Content> contents,
        String by) {
    public WantedRun {
        labels = Map.copyOf(labels);
        files = List.copyOf(files);
        contents = List.copyOf(contents);
    }
}
