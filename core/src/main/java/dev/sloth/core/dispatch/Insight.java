package dev.sloth.core.dispatch;

import dev.sloth.core.balance.Considered;
import java.util.List;
import java.util.Map;
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

    List<OrderSight> sights(Map<String, Entry> entries, Predicate<String> ids) {
        return entries.entrySet().stream()
                .filter(each -> ids.test(each.getKey()))
                .map(each -> sight(each.getKey(), each.getValue()))
                .toList();
    }

    private OrderSight sight(String id, Entry entry) {
        boolean waits = entry.row.isEmpty() && entry.end.isEmpty();
        return new OrderSight(
                id,
                entry.row.isPresent(),
                why(entry),
                waits ? agents.considered(entry.wanted(), entry.want()) : List.<Considered>of());
    }
}
