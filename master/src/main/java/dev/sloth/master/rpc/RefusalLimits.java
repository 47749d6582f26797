package dev.sloth.master.rpc;

import java.time.Duration;

/// How much a master refuses, and how much it tells of that.
///
/// @param again for how long the same is only counted
/// @param kindsMax how many kinds of refusals, by call, address and cause, are told apart in that
///   time; all others are one
/// @param joinsMax how many joins from one address may be refused within a minute
public record RefusalLimits(Duration again, int kindsMax, int joinsMax) {
    /// Unless said.
    public static final RefusalLimits DEFAULT = new RefusalLimits(Duration.ofMinutes(1), 100, 10);

    /// How many of the kinds one address may take: it must not hide what others are refused.
    int kindsOfOnePlace() {
        return Math.max(2, kindsMax / 10);
    }
}
