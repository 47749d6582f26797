package dev.sloth.master.authority;

import java.time.Duration;

/// How long certificates hold.
///
/// @param agent those of agents
/// @param master those of the master, which makes them for itself
/// @param administrator those of administrators
/// @param backdated how long before they are made they begin to hold, for clocks that are late
public record Lives(Duration agent, Duration master, Duration administrator, Duration backdated) {
    public static final Lives DEFAULT =
            new Lives(
                    Duration.ofHours(24),
                    Duration.ofHours(24),
                    Duration.ofDays(365),
                    Duration.ofMinutes(5));

    /// How long before it is made a certificate begins to hold that is for so long: what is renewed
    /// when two thirds are over must not be that old already.
    Duration backdated(Duration life) {
        var half = life.dividedBy(2);
        return half.compareTo(backdated) < 0 ? half : backdated;
    }

    public Lives withAgent(Duration life) {
        return new Lives(life, master, administrator, backdated);
    }
}
