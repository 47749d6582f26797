package dev.sloth.core.dispatch;

import dev.sloth.core.balance.Want;
import dev.sloth.core.store.cluster.OrderRow;
import dev.sloth.core.store.cluster.OrderRow.State;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// One order that somebody wants, or an agent has. For the dispatcher alone.
final class Entry {
    /// Nothing after everything was started anew, until somebody wants it again.
    Optional<Order> order;

    /// Nothing before an agent was given it.
    Optional<OrderRow> row;

    final Set<String> refusedBy = new HashSet<>();

    /// By when it is to have an agent; stays while one has it that may decline it.
    Optional<Instant> placeBy = Optional.empty();

    Optional<Instant> cancelBy = Optional.empty();
    Optional<Instant> lostAt = Optional.empty();

    /// Since when its agent is away with it.
    Optional<Instant> awaySince = Optional.empty();

    /// What came of it; whoever wants it again before it is settled is told the same.
    Optional<Act.End> end = Optional.empty();

    /// The epoch of the session with its agent in which it was sent last; 0 before.
    long sentIn;

    /// Whether it takes a slot of its agent.
    boolean weighs;

    /// What it stands in line for, and since when; nothing when it does not wait.
    Optional<Waiting.Asks> asks = Optional.empty();

    long turn;

    /// Why the last agent that was sent it did not take it.
    String refusal = "";

    Entry(Optional<Order> order, Optional<OrderRow> row) {
        this.order = order;
        this.row = row;
    }

    /// When somebody has to look at it again.
    Optional<Instant> due() {
        if (end.isPresent()) {
            return Optional.empty();
        }
        return Stream.of(asks.isPresent() ? placeBy : Optional.<Instant>empty(), cancelBy, lostAt)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    Order wanted() {
        return order.orElseThrow();
    }

    OrderRow kept() {
        return row.orElseThrow();
    }

    boolean isWithdrawn() {
        return cancelBy.isPresent();
    }

    /// Whether an agent may have it.
    boolean isOut() {
        return row.filter(r -> r.state() == State.GIVEN || r.state() == State.ACCEPTED).isPresent();
    }

    Want want() {
        return refusedBy.isEmpty() ? wanted().want() : new Want.Except(wanted().want(), refusedBy);
    }
}
