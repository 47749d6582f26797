package dev.sloth.master.rpc;

import java.time.Duration;

/// How much a master tells of what it refuses.
///
/// @param again for how long the same is only counted
/// @param kindsMax how many kinds of refusals, by call, address and cause, are told apart in that
///   time; all others are one
public record RefusalLimits(Duration again, int kindsMax) {
    /// Unless said.
    public static final RefusalLimits DEFAULT = new RefusalLimits(Duration.ofMinutes(1), 100);
}
