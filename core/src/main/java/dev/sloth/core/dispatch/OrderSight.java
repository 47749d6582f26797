package dev.sloth.core.dispatch;

import dev.sloth.core.balance.Considered;
import java.util.List;

/// How it stands with an order, for people.
///
/// @param given whether an agent was given it
/// @param why in a sentence
/// @param considered the agents that were looked at, while it waits for one
public record OrderSight(String id, boolean given, String why, List<Considered> considered) {
    public OrderSight {
        considered = List.copyOf(considered);
    }
}
