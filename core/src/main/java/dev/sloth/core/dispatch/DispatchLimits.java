package dev.sloth.core.dispatch;

import java.time.Duration;

/// How long is waited for agents.
///
/// @param placeMax for one that fits and has a slot
/// @param lostRepeatable for one that is away with an order that may be done twice
/// @param lost for one that is away with another order
/// @param cancelMax for the end of an order that was cancelled
public record DispatchLimits(
        Duration placeMax, Duration lostRepeatable, Duration lost, Duration cancelMax) {
    public static final DispatchLimits DEFAULT =
            new DispatchLimits(
                    Duration.ofMinutes(10),
                    Duration.ofMillis(3_500),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(1));

    /// How long an agent may be away with an order.
    Duration patience(Order with) {
        return with.repeatable() ? lostRepeatable : lost;
    }
}
