package dev.sloth.api.workflow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// When a workflow is to run, as its script says: nothing happens before somebody adds it.
///
/// @param workflow its name
/// @param words by field, as they are written; what they mean is judged elsewhere
public record WorkflowSchedule(String workflow, Map<String, List<String>> words, Span at) {
    public WorkflowSchedule {
        var copy = new LinkedHashMap<String, List<String>>();
        words.forEach((field, all) -> copy.put(field, List.copyOf(all)));
        words = java.util.Collections.unmodifiableMap(copy);
    }
}
