package dev.sloth.cli.config;

import java.time.Duration;
import java.util.Map;

/// What is set of events, hooks and watchers.
///
/// @param keepAge how long events that were told are kept
/// @param keepCount how many of them
/// @param maxData how many bytes the data of one may take
/// @param maxChain how many causes one may have
/// @param maxWatchers how many watchers a namespace may have
/// @param maxUntold how many events of its watchers an agent keeps that no master has taken
/// @param maxSeen how many events of its watchers a master takes from one agent within a minute
/// @param maxHooks how many hooks it may have
/// @param parallel how many calls of hooks are made at the same time
/// @param maxPending how many deliveries one hook may be owed
/// @param history how many deliveries that are done are remembered of each hook
/// @param maxDead how many that failed for good
public record EventConfig(
        Duration keepAge,
        long keepCount,
        int maxData,
        int maxChain,
        int maxWatchers,
        int maxUntold,
        int maxSeen,
        int maxHooks,
        int parallel,
        int maxPending,
        int history,
        int maxDead) {
    static EventConfig of(Map<String, String> values) {
        return new EventConfig(
                Amounts.time(Config.at(values, EventSettings.KEEP_AGE)),
                Amounts.whole(Config.at(values, EventSettings.KEEP_COUNT)),
                (int) Amounts.bytes(Config.at(values, EventSettings.MAX_DATA)),
                whole(values, EventSettings.MAX_CHAIN),
                whole(values, EventSettings.WATCHERS_MAX),
                whole(values, EventSettings.WATCHERS_UNTOLD),
                whole(values, EventSettings.WATCHERS_SEEN),
                whole(values, EventSettings.MAX_HOOKS),
                whole(values, EventSettings.HOOKS_PARALLEL),
                whole(values, EventSettings.HOOKS_MAX_PENDING),
                whole(values, EventSettings.HOOKS_HISTORY),
                whole(values, EventSettings.HOOKS_MAX_DEAD));
    }

    private static int whole(Map<String, String> values, Setting setting) {
        return (int) Amounts.whole(Config.at(values, setting));
    }
}
