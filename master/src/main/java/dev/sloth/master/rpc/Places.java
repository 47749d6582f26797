package dev.sloth.master.rpc;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.balance.Considered;
import dev.sloth.core.balance.Considered.Obstacle;
import dev.sloth.core.dispatch.OrderSight;
import dev.sloth.master.afar.OutputMessages;
import dev.sloth.master.dispatch.Fleet;
import dev.sloth.master.run.ActiveRun;
import dev.sloth.master.run.MasterRuns;
import dev.sloth.master.session.Roster;
import dev.sloth.wire.AgentSight;
import dev.sloth.wire.proto.AgentConsidered;
import dev.sloth.wire.proto.PlaceNews;
import dev.sloth.wire.proto.PlaceSeen;
import dev.sloth.wire.proto.PlaceStand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where attempts are that go on, and why.
record Places(Fleet fleet, MasterRuns runs, Roster roster) {
    /// How many agents are named for each reason why they do not have something; the others are
    /// counted.
    static final int NAMED_MAX = 10;

    /// Behind the id of an attempt stands an agent, or what else is asked for it.
    private static final String FOR_AGENT = "@";

    /// @param attempt its id as a text
    List<PlaceSeen> of(String attempt) {
        var orders = fleet.sights(attempt, NAMED_MAX);
        var works = new HashMap<String, String>();
        if (orders.stream().anyMatch(order -> !order.considered().isEmpty())) {
            roster.all(false).forEach((AgentSight agent) -> works.put(agent.name(), agent.work()));
        }
        return orders.stream().map(order -> seen(attempt, order, works)).toList();
    }

    /// Grows when something may be in another place.
    long changes() {
        return fleet.changes();
    }

    /// Of all attempts of a run that go on, by order.
    Map<String, PlaceNews> of(RunId run) {
        var attempts = runs.active(run).map(ActiveRun::attempts).orElse(Map.of());
        var all = new HashMap<String, PlaceNews>();
        if (attempts.isEmpty()) {
            return all;
        }
        for (var order : fleet.sights(attempts.keySet())) {
            var attempt = attempts.get(order.id());
            if (attempt != null && isItself(attempt.toString(), order.id())) {
                all.put(
                        order.id(),
                        PlaceNews.newBuilder()
                                .setAttempt(OutputMessages.message(attempt))
                                .setPlace(seen(attempt.toString(), order, Map.of()))
                                .build());
            }
        }
        return all;
    }

    private static boolean isItself(String attempt, String order) {
        return order.equals(attempt) || order.startsWith(attempt + FOR_AGENT);
    }

    private static PlaceSeen seen(String attempt, OrderSight order, Map<String, String> works) {
        var place = order.id().substring(attempt.length());
        return PlaceSeen.newBuilder()
                .setAgent(place.startsWith(FOR_AGENT) ? place.substring(1) : "")
                .setGiven(order.stand() != OrderSight.Stand.WAITS)
                .setStand(stand(order.stand()))
                .setOn(order.agent())
                .setAway(order.since().isPresent())
                .setWhy(order.why())
                .setOutlook(order.outlook())
                .addAllConsidered(
                        order.considered().stream().map(each -> seen(each, works)).toList())
                .build();
    }

    private static PlaceStand stand(OrderSight.Stand stand) {
        return switch (stand) {
            case WAITS -> PlaceStand.PLACE_STAND_WAITS;
            case SENT -> PlaceStand.PLACE_STAND_SENT;
            case TAKEN -> PlaceStand.PLACE_STAND_TAKEN;
            case AWAY -> PlaceStand.PLACE_STAND_AWAY;
            case OVER -> PlaceStand.PLACE_STAND_OVER;
        };
    }

    private static AgentConsidered seen(Considered agents, Map<String, String> works) {
        return AgentConsidered.newBuilder()
                .setWhy(agents.why())
                .setCount(agents.count())
                .addAllNames(
                        agents.first().stream()
                                .map(each -> named(agents.obstacle(), each, works))
                                .toList())
                .build();
    }

    private static String named(
            Obstacle obstacle, Considered.Named agent, Map<String, String> works) {
        return switch (obstacle) {
            case FULL -> agent.name() + " " + agent.load();
            case IDLE ->
                    "%s (%s)".formatted(agent.name(), works.getOrDefault(agent.name(), "ending"));
            case NONE, AWAY, UNFIT -> agent.name();
        };
    }
}
