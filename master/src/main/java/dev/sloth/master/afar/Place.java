package dev.sloth.master.afar;

import dev.sloth.wire.proto.AgentConsidered;
import dev.sloth.wire.proto.PlaceSeen;
import java.util.List;

/// Where an attempt is that goes on, or what it waits for.
///
/// @param agent the name of the agent that it is for, where there are several; empty otherwise
/// @param given whether an agent has it
/// @param why in a sentence
/// @param considered agents that were looked at while it waits, those that fit first
/// @param more how many others were
public record Place(
        String agent, boolean given, String why, List<Considered> considered, int more) {
    public Place {
        considered = List.copyOf(considered);
    }

    /// An agent, and why it does not have it.
    public record Considered(String agent, String why) {
        static Considered of(AgentConsidered seen) {
            return new Considered(seen.getName(), seen.getWhy());
        }
    }

    static Place of(PlaceSeen seen) {
        return new Place(
                seen.getAgent(),
                seen.getGiven(),
                seen.getWhy(),
                seen.getConsideredList().stream().map(Considered::of).toList(),
                seen.getMore());
    }
}
