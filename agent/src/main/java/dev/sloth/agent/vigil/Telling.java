package dev.sloth.agent.vigil;

/// Tells the master what was seen: a port.
@FunctionalInterface
public interface Telling {
    /// What came of it.
    enum End {
        /// The master has it.
        TAKEN,
        /// The master will never take it.
        REFUSED,
        /// Nobody has answered, or not this time.
        AWAY
    }

    /// @param fact as it is kept
    End tell(byte[] fact) throws InterruptedException;
}
