package dev.sloth.core.hook;

import dev.sloth.core.event.EventLimits;
import java.time.Duration;

/// What hooks may use up.
///
/// @param pendingMax how many deliveries may be owed to one hook: then it reads on no further
/// @param doneKept how many deliveries that are done are remembered of each hook
/// @param deadKept how many dead ones
/// @param retryFirst how long to wait before the second try; twice as long before each further one
/// @param retryMax no longer than this
/// @param chainMax how many causes an event may have of which hooks are told
/// @param outputMax how many characters of what one try says are kept
public record HookLimits(
        int pendingMax,
        int doneKept,
        int deadKept,
        Duration retryFirst,
        Duration retryMax,
        int chainMax,
        int outputMax) {
    public static final HookLimits DEFAULT =
            new HookLimits(
                    10_000,
                    1_000,
                    10_000,
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(5),
                    EventLimits.DEFAULT.chainMax(),
                    64 * 1024);

    public HookLimits {
        if (pendingMax < 1 || doneKept < 0 || deadKept < 1 || chainMax < 1 || outputMax < 1) {
            throw new IllegalArgumentException("limits of hooks are positive");
        }
    }
}
