package dev.sloth.master.rpc;

import dev.sloth.api.workflow.RunId;
import java.util.Optional;

/// Knows who has which work. Safe for use by many threads.
@FunctionalInterface
public interface WorkOf {
    /// For a master that gives out no work.
    WorkOf NOBODY = (_, _) -> Optional.empty();

    /// What an agent may act on for an order; empty when it does not have that order.
    ///
    /// @param agent its id
    /// @throws dev.sloth.api.workflow.Problems `UNREACHABLE` when it has the order and nobody can
    ///   tell just now: the agent asks again
    Optional<Acting> acting(String agent, String order);

    /// What an order is part of that an agent has under way; empty when it does not have that
    /// order, or has told what came of it.
    ///
    /// @throws dev.sloth.api.workflow.Problems as above
    default Optional<Part> underWay(String agent, String order) {
        return Optional.empty();
    }

    /// The namespace of what agents tell on their own.
    default String namespace() {
        return "default";
    }

    /// What an order is part of.
    ///
    /// @param task the name of what is done in the run
    record Part(RunId run, String task) {}
}
