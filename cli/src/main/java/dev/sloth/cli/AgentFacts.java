package dev.sloth.cli;

import dev.sloth.api.event.Fact;
import dev.sloth.api.value.DataTable;
import dev.sloth.master.session.MasterEvent;
import java.util.Optional;

/// What a master knows of agents, as events to react to.
final class AgentFacts {
    private static final String ADDRESS = "address";
    private static final String SESSION = "session";

    private AgentFacts() {}

    /// Nothing when it is not about what an agent does.
    static Optional<Fact> of(MasterEvent event) {
        return switch (event) {
            case MasterEvent.Joined(var agent, var address) ->
                    fact("agent.joined", agent, new DataTable().with(ADDRESS, address));
            case MasterEvent.Connected(var agent, var epoch, var address) ->
                    fact(
                            "agent.connected",
                            agent,
                            new DataTable().with(ADDRESS, address).with(SESSION, (double) epoch));
            case MasterEvent.Left(var agent, var epoch, var why) ->
                    fact(
                            "agent.left",
                            agent,
                            new DataTable().with("why", why).with(SESSION, (double) epoch));
            case MasterEvent.Revoked(var agent, var by) ->
                    fact("agent.revoked", agent, new DataTable().with("by", by));
            case MasterEvent.Started _,
                    MasterEvent.Asked _,
                    MasterEvent.Clock _,
                    MasterEvent.Renewed _,
                    MasterEvent.Changed _,
                    MasterEvent.TokenMade _,
                    MasterEvent.TokenRevoked _,
                    MasterEvent.RunBegan _,
                    MasterEvent.RunGoesOn _,
                    MasterEvent.RunRests _,
                    MasterEvent.Refused _,
                    MasterEvent.RefusedAgain _,
                    MasterEvent.Trouble _ ->
                    Optional.empty();
        };
    }

    private static Optional<Fact> fact(String type, String agent, DataTable data) {
        return Optional.of(new Fact(type, agent, data));
    }
}
