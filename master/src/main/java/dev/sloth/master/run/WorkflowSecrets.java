package dev.sloth.master.run;

import dev.sloth.api.secret.Secrets;
import dev.sloth.api.workflow.Workflow;

/// Where the secrets are that workflows declare.
@FunctionalInterface
public interface WorkflowSecrets {
    /// @throws dev.sloth.api.workflow.Problems when one of them is not there
    Secrets of(Workflow workflow) throws InterruptedException;
}
