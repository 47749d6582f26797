package dev.sloth.master.rpc;

import dev.sloth.master.run.Submission;

/// Takes in runs that somebody wants: a port, since it drives them. Called by several threads at
/// once.
public interface Submitting {
    /// When this returns the run is kept, whatever becomes of whoever wanted it.
    ///
    /// @throws dev.sloth.api.workflow.Problems when the workflow asks for what cannot be done
    /// @throws dev.sloth.core.store.StoreFailure `TAKEN` when there is a run of this id
    void submit(Submission run);
}
