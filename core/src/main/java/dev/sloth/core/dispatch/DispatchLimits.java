package dev.sloth.core.dispatch;

import java.time.Duration;

/// How long is waited for agents.
///
/// @param placeMax for one that fits and has a slot, since the order began to wait
/// @param rest until one that could not take an order for now is given one again
/// @param lostRepeatable for one that is away with an order that may be done twice
/// @param lost for one that is away with another order
/// @param cancelMax for the end of an order that was cancelled
public record DispatchLimits(
        Duration placeMax,
        Duration rest,
        Duration lostRepeatable,
        Duration lost,
        Duration cancelMax) {
    public static final DispatchLimits DEFAULT =
            new DispatchLimits(
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(3_500),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(1));

    /// The same with another rest.
    public DispatchLimits withRest(Duration other) {
        return new DispatchLimits(placeMax, other, lostRepeatable, lost, cancelMax);
    }

    /// How long an agent may be away with an order.
    Duration patience(Order with) {
        return with.repeatable() ? lostRepeatable : lost;
    }
}
