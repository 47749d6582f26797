package dev.sloth.dsl;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Workflow;
import java.util.List;

/// What a script defines: at least one workflow, and what is odd about it but not wrong.
public record Definition(List<Workflow> workflows, List<Problem> warnings) {
    public Definition {
        workflows = List.copyOf(workflows);
        warnings = List.copyOf(warnings);
    }
}
