package dev.sloth.agent.work;

import dev.sloth.api.workflow.Problem;

/// Hears what an agent does. Must not block.
public interface WorkNews {
    /// An order was accepted, or gone on with after a restart.
    void begins(String order);

    /// @param status what came of it
    void ends(String order, String status);

    /// Something does not work that should, and is tried again; the same is said each time.
    void trouble(Problem problem);
}
