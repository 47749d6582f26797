package dev.sloth.master.afar;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.wire.proto.AgentConsidered;
import dev.sloth.wire.proto.PlaceNews;
import dev.sloth.wire.proto.PlaceSeen;
import java.util.List;

/// Where an attempt is that goes on, or what it waits for.
///
/// @param agent the name of the agent that it is for, where there are several; empty otherwise
/// @param on the name of the agent that has it; empty when none has
/// @param away whether the agent is away that has it, or that it waits for
/// @param why in a sentence
/// @param outlook what to expect, in a sentence; empty when there is nothing to say
/// @param considered agents that were looked at while it waits, those that fit first
public record Place(
        String agent,
        Stand stand,
        String on,
        boolean away,
        String why,
        String outlook,
        List<Considered> considered) {
    public Place {
        considered = List.copyOf(considered);
    }

    /// How far it is.
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

    /// Agents that do not have it for the same reason.
    ///
    /// @param count how many they are
    /// @param names of some of them, each with what there is to say of it
    public record Considered(String why, int count, List<String> names) {
        public Considered {
            names = List.copyOf(names);
        }

        static Considered of(AgentConsidered seen) {
            return new Considered(seen.getWhy(), seen.getCount(), List.copyOf(seen.getNamesList()));
        }

        /// How many of them are not named.
        public int more() {
            return count - names.size();
        }
    }

    /// The one of an attempt, as whoever follows its run is told.
    public record Of(AttemptId attempt, Place place) {
        static Of of(PlaceNews news) {
            return new Of(OutputMessages.kept(news.getAttempt()), Place.of(news.getPlace()));
        }
    }

    /// The same, come to an end.
    public Place over() {
        return new Place(agent, Stand.OVER, on, false, why, "", List.of());
    }

    /// Whether an agent has it.
    public boolean given() {
        return stand != Stand.WAITS;
    }

    static Place of(PlaceSeen seen) {
        return new Place(
                seen.getAgent(),
                stand(seen),
                seen.getOn(),
                seen.getAway(),
                seen.getWhy(),
                seen.getOutlook(),
                seen.getConsideredList().stream().map(Considered::of).toList());
    }

    private static Stand stand(PlaceSeen seen) {
        return switch (seen.getStand()) {
            case PLACE_STAND_WAITS -> Stand.WAITS;
            case PLACE_STAND_SENT -> Stand.SENT;
            case PLACE_STAND_TAKEN -> Stand.TAKEN;
            case PLACE_STAND_AWAY -> Stand.AWAY;
            case PLACE_STAND_OVER -> Stand.OVER;
            case PLACE_STAND_UNKNOWN, UNRECOGNIZED -> seen.getGiven() ? Stand.TAKEN : Stand.WAITS;
        };
    }
}
