package dev.sloth.master.rpc;

import dev.sloth.core.balance.Considered;
import dev.sloth.core.balance.Considered.Obstacle;
import dev.sloth.core.dispatch.OrderSight;
import dev.sloth.master.dispatch.Fleet;
import dev.sloth.master.session.Roster;
import dev.sloth.wire.AgentSight;
import dev.sloth.wire.proto.AgentConsidered;
import dev.sloth.wire.proto.PlaceSeen;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where attempts are that go on, and why.
record Places(Fleet fleet, Roster roster) {
    /// How many agents are told of one by one.
    private static final int CONSIDERED_MAX = 100;

    /// @param attempt its id as a text
    List<PlaceSeen> of(String attempt) {
        var orders = fleet.sights(attempt);
        var works = new HashMap<String, String>();
        if (orders.stream().anyMatch(order -> !order.considered().isEmpty())) {
            roster.all(false).forEach((AgentSight agent) -> works.put(agent.name(), agent.work()));
        }
        return orders.stream().map(order -> seen(attempt, order, works)).toList();
    }

    private static PlaceSeen seen(String attempt, OrderSight order, Map<String, String> works) {
        var place = order.id().substring(attempt.length());
        int shown = Math.min(order.considered().size(), CONSIDERED_MAX);
        return PlaceSeen.newBuilder()
                .setAgent(place.startsWith("@") ? place.substring(1) : "")
                .setGiven(order.given())
                .setWhy(order.why())
                .addAllConsidered(
                        order.considered().subList(0, shown).stream()
                                .map(each -> seen(each, works))
                                .toList())
                .setMore(order.considered().size() - shown)
                .build();
    }

    private static AgentConsidered seen(Considered agent, Map<String, String> works) {
        return AgentConsidered.newBuilder().setName(agent.name()).setWhy(why(agent, works)).build();
    }

    private static String why(Considered agent, Map<String, String> works) {
        return switch (agent.obstacle()) {
            case FULL -> Obstacle.FULL.text() + ": " + agent.load();
            case IDLE ->
                    "%s: %s".formatted(Obstacle.IDLE.text(), works.getOrDefault(agent.name(), "-"));
            case NONE, AWAY, UNFIT -> agent.obstacle().text();
        };
    }
}
