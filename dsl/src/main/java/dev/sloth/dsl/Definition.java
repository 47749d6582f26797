package dev.sloth.dsl;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.api.workflow.WorkflowSchedule;
import java.util.List;

/// What a script defines: at least one workflow, when these are to run, and what is odd about it
/// but not wrong.
public record Definition(
        List<Workflow> workflows, List<WorkflowSchedule> schedules, List<Problem> warnings) {
    public Definition {
        workflows = List.copyOf(workflows);
        schedules = List.copyOf(schedules);
        warnings = List.copyOf(warnings);
    }
}
