package dev.sloth.core.dispatch;

import dev.sloth.core.balance.Want;

/// What an agent is to do, once.
///
/// @param id never used again, whatever comes of it
/// @param run the id of the run that it is part of
/// @param chosen why it is wanted of one agent, when nobody asked for that one by its name
/// @param repeatable whether it does no harm when it is done twice, by somebody else
/// @param weightless whether it needs no slot
/// @param body what is to be done, for the agent to read
public record Order(
        String id,
        String run,
        Want want,
        String chosen,
        boolean repeatable,
        boolean weightless,
        byte[] body) {
    public Order {
        body = body.clone();
    }

    /// One of which the wish says all.
    public Order(
            String id, String run, Want want, boolean repeatable, boolean weightless, byte[] body) {
        this(id, run, want, "", repeatable, weightless, body);
    }
}
