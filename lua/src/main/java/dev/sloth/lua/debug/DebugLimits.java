package dev.sloth.lua.debug;

import java.time.Duration;

/// What a debugger may take up.
///
/// @param watchTime how long a watch, a condition or a new value may compute
/// @param textBytes how much of a string is shown
/// @param page how many children of a table are shown in one go
public record DebugLimits(Duration watchTime, int textBytes, int page) {
    public static final Duration WATCH_TIME_DEFAULT = Duration.ofSeconds(2);
    public static final int TEXT_BYTES_DEFAULT = 4 << 10;
    public static final int PAGE_DEFAULT = 500;

    public static final DebugLimits DEFAULT =
            new DebugLimits(WATCH_TIME_DEFAULT, TEXT_BYTES_DEFAULT, PAGE_DEFAULT);

    public DebugLimits {
        if (!watchTime.isPositive() || textBytes < 1 || page < 1) {
            throw new IllegalArgumentException("every limit must be positive");
        }
    }
}
