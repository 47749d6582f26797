package dev.sloth.master.run;

import dev.sloth.api.secret.Secrets;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Workflow;

/// Where the secrets are that workflows declare, and what runs were given of them.
public interface WorkflowSecrets {
    /// Of workflows that declare none.
    WorkflowSecrets NONE =
            new WorkflowSecrets() {
                @Override
                public Secrets begin(RunId run, Workflow workflow) {
                    return Secrets.NONE;
                }

                @Override
                public Secrets goOn(RunId run, Workflow workflow, boolean ending) {
                    return Secrets.NONE;
                }

                @Override
                public void rests(RunId run) {}
            };

    /// For a new run, before anything of it is kept.
    ///
    /// @throws dev.sloth.api.workflow.Problems when one of them is not there, or what the run is
    ///   given cannot be kept
    Secrets begin(RunId run, Workflow workflow) throws InterruptedException;

    /// For a run that goes on: those of now, and hidden is all that it was ever given.
    ///
    /// @param ending whether it goes on only to be cancelled: then some may be missing
    /// @throws dev.sloth.api.workflow.Problems when one of them is not there, or it is not known
    ///   what the run was given
    Secrets goOn(RunId run, Workflow workflow, boolean ending) throws InterruptedException;

    /// A run was driven: once it has ended, what it was given is forgotten.
    void rests(RunId run);
}
