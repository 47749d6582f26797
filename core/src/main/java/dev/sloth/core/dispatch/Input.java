package dev.sloth.core.dispatch;

import dev.sloth.core.balance.Host;
import dev.sloth.core.store.cluster.AgentStanding;
import java.time.Duration;
import java.util.Map;

/// What happened.
public sealed interface Input {
    /// Somebody wants an order to be done, or, after everything was started anew, still wants it.
    record Wanted(Order order) implements Input {}

    /// Nobody wants it any more: it is to be ended.
    record Withdrawn(String id) implements Input {}

    /// Whoever wanted it has kept what came of it.
    record Settled(String id) implements Input {}

    /// There is such an agent, or it is another now than it was.
    record Known(Host host) implements Input {}

    /// An agent is refused for ever.
    ///
    /// @param as what it is from now on
    record Removed(String host, AgentStanding as) implements Input {}

    /// An agent has a session.
    ///
    /// @param epoch of the session: greater than those before
    /// @param held the orders that it has, and whether they have ended there
    record Came(String host, long epoch, Map<String, Boolean> held) implements Input {
        public Came {
            held = Map.copyOf(held);
        }
    }

    /// The session is over.
    ///
    /// @param unheard for how long nothing was heard of the agent before: it was away by then
    record Left(String host, long epoch, Duration unheard) implements Input {}

    /// The agent has the order on its disk.
    record Accepted(String host, long epoch, String id) implements Input {}

    /// The agent does not take the order. It says so once each time that it is sent it in a
    /// session: when the same order has come to it again, nothing that it says is of the time
    /// before.
    record Declined(String host, long epoch, String id, String why, Declining how)
            implements Input {}

    /// What came of the order.
    record Ended(String host, long epoch, String id, byte[] result) implements Input {}

    /// Time has passed.
    record Tick() implements Input {}
}
