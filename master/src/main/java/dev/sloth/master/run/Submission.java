package dev.sloth.master.run;

import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.core.run.Reuse;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.RunFile;
import java.util.List;
import java.util.Map;

/// A run that somebody wants.
///
/// @param id made by whoever wants it, so that asking again asks for the same
/// @param script the script's path as the user knows it
/// @param labels for people and filters
/// @param files what the script was made of
/// @param contents the texts of `files` that the store does not have yet
/// @param cause of it
/// @param reuse what it takes over from an earlier run
public record Submission(
        RunId id,
        Workflow workflow,
        Value values,
        String script,
        Map<String, String> labels,
        List<RunFile> files,
        List<Content> contents,
        NewRun.Cause cause,
        Reuse reuse) {
    public Submission {
        labels = Map.copyOf(labels);
        files = List.copyOf(files);
        contents = List.copyOf(contents);
    }

    /// One that takes nothing over.
    public Submission(
            RunId id,
            Workflow workflow,
            Value values,
            String script,
            Map<String, String> labels,
            List<RunFile> files,
            List<Content> contents,
            NewRun.Cause cause) {
        this(id, workflow, values, script, labels, files, contents, cause, Reuse.NOTHING);
    }
}
