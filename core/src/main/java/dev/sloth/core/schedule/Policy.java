package dev.sloth.core.schedule;

import java.time.Duration;

/// What becomes of instants that cannot have their run at once.
///
/// @param grace up to this late an instant still counts as on time
/// @param deadline later than this no run starts, whatever else is said; zero means never too late
/// @param catchUpMax how many missed instants are made up for at most, the latest
/// @param queueMax how many fires may wait
public record Policy(
        Missed missed,
        Overlap overlap,
        Duration grace,
        Duration deadline,
        int catchUpMax,
        int queueMax) {
    public static final Duration GRACE_DEFAULT = Duration.ofSeconds(30);
    public static final Duration GRACE_MAX = Duration.ofHours(1);
    public static final int CATCH_UP_DEFAULT = 100;
    public static final int QUEUE_DEFAULT = 100;

    /// The most that a schedule may ask for of either.
    public static final int WAITING_MAX = 10_000;

    /// For instants that nobody looked at in time.
    public enum Missed {
        /// None of them is made up for.
        SKIP,
        /// The latest is.
        ONCE,
        /// All are.
        ALL
    }

    /// For instants that come while an earlier run goes on.
    public enum Overlap {
        /// Both run.
        ALLOW,
        /// The later one is left out.
        SKIP,
        /// The later one waits.
        QUEUE,
        /// The earlier one is cancelled, and the later one begins once that has ended.
        CANCEL
    }
}
