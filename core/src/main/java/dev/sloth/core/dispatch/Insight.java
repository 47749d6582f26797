package dev.sloth.core.dispatch;

import dev.sloth.core.balance.Considered;
import dev.sloth.core.balance.Want;
import dev.sloth.core.dispatch.OrderSight.Stand;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Says how it stands with orders, for people.
record Insight(Agents agents) {
    /// In one sentence.
    String why(Entry entry) {
        if (entry.row.isPresent()) {
            return entry.kept().why();
        }
        return entry.end.map(Act.End::why).orElseGet(() -> "it waits: " + obstacle(entry));
    }

    /// Why nobody takes it now.
    String obstacle(Entry entry) {
        return agents.obstacle(entry.wanted(), entry.want()) + entry.refusal;
    }

    /// @param named how many agents are named at most for each reason why they do not have it
    List<OrderSight> sights(Map<String, Entry> entries, Predicate<String> ids, int named) {
        return entries.entrySet().stream()
                .filter(each -> ids.test(each.getKey()))
                .map(each -> sight(each.getKey(), each.getValue(), named))
                .toList();
    }

    private OrderSight sight(String id, Entry entry, int named) {
        var stand = stand(entry);
        boolean waits = stand == Stand.WAITS;
        return new OrderSight(
                id,
                stand,
                entry.row.map(row -> agents.name(row.agent())).orElse(""),
                why(entry),
                waits ? awaited(entry) : entry.awaySince,
                waits ? entry.placeBy : entry.lostAt,
                waits && named > 0
                        ? agents.considered(entry.wanted(), entry.want(), named)
                        : List.<Considered>of());
    }

    private static Stand stand(Entry entry) {
        if (entry.end.isPresent()) {
            return Stand.OVER;
        }
        if (entry.row.isEmpty()) {
            return Stand.WAITS;
        }
        if (entry.isOut() && entry.awaySince.isPresent()) {
            return Stand.AWAY;
        }
        return switch (entry.kept().state()) {
            case GIVEN -> Stand.SENT;
            case ACCEPTED -> Stand.TAKEN;
            case ENDED, GIVEN_UP -> Stand.OVER;
        };
    }

    /// Since when the one agent is away that it asks for.
    private Optional<Instant> awaited(Entry entry) {
        return entry.want() instanceof Want.Named(var name)
                ? agents.awaySince(name)
                : Optional.empty();
    }
}
