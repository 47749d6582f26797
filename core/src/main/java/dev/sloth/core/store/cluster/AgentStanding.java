package dev.sloth.core.store.cluster;

/// Whether an agent is to be given work, and whether it is one at all.
public enum AgentStanding {
    WORKING,
    /// It ends what it has and gets nothing more.
    DRAINING,
    /// It is refused for ever.
    REVOKED,
    /// It is refused for ever, since nobody needs it any more.
    REMOVED;

    /// Whether it is refused for ever.
    public boolean isOver() {
        return this == REVOKED || this == REMOVED;
    }
}
