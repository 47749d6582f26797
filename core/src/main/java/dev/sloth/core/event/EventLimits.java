package dev.sloth.core.event;

/// What may be told.
///
/// @param dataMax how many bytes the data of a fact may take, encoded
/// @param chainMax how many causes a fact may have: hooks that set off each other end there
/// @param watchersMax how many watchers a namespace may have
/// @param hooksMax how many hooks it may have
public record EventLimits(int dataMax, int chainMax, int watchersMax, int hooksMax) {
    public static final EventLimits DEFAULT = new EventLimits(256 * 1024, 8, 1_000, 1_000);

    public EventLimits {
        if (dataMax < 1 || chainMax < 1 || watchersMax < 1 || hooksMax < 1) {
            throw new IllegalArgumentException("limits of events are positive");
        }
    }
}
