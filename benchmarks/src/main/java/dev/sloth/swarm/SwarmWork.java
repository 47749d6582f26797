package dev.sloth.swarm;

/// What the agents of a swarm do with what they are given. Called by threads that read from the
/// network, so it must not wait.
public interface SwarmWork {
    /// Whatever comes is left alone.
    SwarmWork NONE = (_, _) -> {};

    /// An agent was given an order.
    void order(SwarmAgent agent, String id);

    /// The master has on its disk what the order ended with.
    default void taken(SwarmAgent agent, String id) {}
}
