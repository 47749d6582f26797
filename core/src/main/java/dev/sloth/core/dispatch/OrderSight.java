package dev.sloth.core.dispatch;

import dev.sloth.core.balance.Considered;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// How it stands with an order, for people.
///
/// @param agent what the agent is called that has it; empty when none has
/// @param why it is there, or waits, in a sentence
/// @param since when the agent is away that has it, or that it waits for; nothing when none is, or
///   it is not known
/// @param until when it is waited for an agent, or for the one that is away
/// @param considered the agents that were looked at, while it waits for one
public record OrderSight(
        String id,
        Stand stand,
        String agent,
        String why,
        Optional<Instant> since,
        Optional<Instant> until,
        List<Considered> considered) {
    public OrderSight {
        considered = List.copyOf(considered);
    }

    /// Where it is.
    public enum Stand {
        /// No agent has it yet.
        WAITS,
        /// It is on its way to an agent.
        SENT,
        /// An agent has taken it.
        TAKEN,
        /// An agent has it, and is away.
        AWAY,
        /// It has come to an end.
        OVER
    }

    /// What to expect, in a sentence; empty when there is nothing to say.
    public String outlook() {
        return switch (stand) {
            case WAITS ->
                    since.map(from -> "that agent is away since %s; ".formatted(shown(from)))
                                    .orElse("")
                            + until.map(by -> "it is waited until " + shown(by)).orElse("");
            case AWAY ->
                    "the agent %s is away%s: it goes on when that is back%s"
                            .formatted(
                                    agent,
                                    since.map(from -> " since " + shown(from)).orElse(""),
                                    until.map(by -> ", or counts as lost at " + shown(by))
                                            .orElse(""));
            case SENT, TAKEN, OVER -> "";
        };
    }

    private static Instant shown(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }
}
