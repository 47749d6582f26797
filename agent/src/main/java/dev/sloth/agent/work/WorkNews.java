package dev.sloth.agent.work;

import java.io.IOException;

/// Hears what an agent does. Must not block.
public interface WorkNews {
    /// An order was accepted, or gone on with after a restart.
    void begins(String order);

    /// @param status what came of it
    void ends(String order, String status);

    /// Something cannot be kept, and is tried again.
    void trouble(IOException failure);
}
