package dev.sloth.master.afar;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.RunFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A run that a master is to do.
///
/// @param run an id that nobody has used
/// @param script the script's path as the user knows it
/// @param files what the script was made of
/// @param texts what those held
/// @param workflow the document with the workflow
/// @param values the document with the values
public record Handover(
        RunId run,
        String script,
        Map<String, String> labels,
        List<RunFile> files,
        List<Content> texts,
        Content workflow,
        Content values) {
    public Handover {
        labels = Map.copyOf(labels);
        files = List.copyOf(files);
        texts = List.copyOf(texts);
    }

    /// All that it speaks of, each once.
    List<Content> contents() {
        var all = new ArrayList<>(texts);
        all.add(workflow);
        all.add(values);
        return all.stream().distinct().toList();
    }
}
