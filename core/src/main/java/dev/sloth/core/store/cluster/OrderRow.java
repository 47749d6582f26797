package dev.sloth.core.store.cluster;

import java.time.Instant;

/// An order that an agent was given.
///
/// @param id never used again
/// @param run the id of the run that it is part of
/// @param agent the id of the agent
/// @param why it was this one, and why it was given up, for people
/// @param result what came of it; empty before
/// @param shardEpoch under which it was given
public record OrderRow(
        String id,
        String run,
        String agent,
        State state,
        String why,
        byte[] result,
        long shardEpoch,
        Instant givenAt) {
    public OrderRow {
        result = result.clone();
    }

    /// How far it has come.
    public enum State {
        /// It may have reached the agent.
        GIVEN,
        /// The agent has it on its disk.
        ACCEPTED,
        ENDED,
        /// Somebody was told that its end is not known; the agent may still have it.
        GIVEN_UP
    }

    /// The same, further.
    public OrderRow now(State next) {
        return new OrderRow(id, run, agent, next, why, result, shardEpoch, givenAt);
    }

    public OrderRow givenUp(String reason) {
        return new OrderRow(
                id, run, agent, State.GIVEN_UP, why + "; " + reason, result, shardEpoch, givenAt);
    }

    public OrderRow endedWith(byte[] end) {
        return new OrderRow(id, run, agent, State.ENDED, why, end, shardEpoch, givenAt);
    }
}
