package dev.sloth.cli.config;

import dev.sloth.cli.config.Setting.Kind;
import java.time.Duration;
import java.util.List;

/// The settings of events, hooks and watchers.
public final class EventSettings {
    private static final long KIB = 1 << 10;
    private static final long MIB = 1 << 20;
    private static final Duration AGE_MAX = Duration.ofDays(36_500);

    static final Setting KEEP_AGE =
            new Setting(
                    "events.keep_age",
                    new Kind.Time(Duration.ofMinutes(1), AGE_MAX),
                    "7d",
                    "seconds",
                    "How long events are kept that scripts, hooks and watchers told. Those of runs"
                            + " are kept as long as the run, those of shared state as long as"
                            + " state.history says.");

    static final Setting KEEP_COUNT =
            new Setting(
                    "events.keep_count",
                    new Kind.Whole(1, 1_000_000_000),
                    "1000000",
                    "events",
                    "How many events are kept that scripts, hooks and watchers told, those that"
                            + " came last.");

    static final Setting MAX_DATA =
            new Setting(
                    "events.max_data",
                    new Kind.Bytes(KIB, 16 * MIB),
                    "256KiB",
                    "bytes",
                    "How much the data of one event may take.");

    static final Setting MAX_CHAIN =
            new Setting(
                    "events.max_chain",
                    new Kind.Whole(1, 100),
                    "8",
                    "causes",
                    "How long a chain of hooks that set off each other may get: the event that"
                            + " would make it longer is refused, and no hook is told of a change"
                            + " or a run that makes it longer.");

    static final Setting MAX_HOOKS =
            new Setting(
                    "events.max_hooks",
                    new Kind.Whole(1, 100_000),
                    "1000",
                    "hooks",
                    "How many hooks a namespace may have.");

    static final Setting WATCHERS_MAX =
            new Setting(
                    "watchers.max",
                    new Kind.Whole(1, 100_000),
                    "1000",
                    "watchers",
                    "How many watchers a namespace may have, or an agent.");

    static final Setting WATCHERS_UNTOLD =
            new Setting(
                    "watchers.untold",
                    new Kind.Whole(1, 1_000_000),
                    "10000",
                    "events",
                    "How many events of its watchers an agent keeps that no master has taken; what"
                            + " changes then is found again when there is room.");

    static final Setting WATCHERS_SEEN =
            new Setting(
                    "watchers.seen",
                    new Kind.Whole(1, 1_000_000),
                    "6000",
                    "events",
                    "How many events of its watchers a master takes from one agent within a minute;"
                            + " the agent keeps what is more, and tells it later.");

    static final Setting HOOKS_PARALLEL =
            new Setting(
                    "hooks.parallel",
                    new Kind.Whole(1, 1_000),
                    "2",
                    "calls",
                    "How many calls of one hook `serve` makes at the same time.");

    static final Setting HOOKS_MAX_PENDING =
            new Setting(
                    "hooks.max_pending",
                    new Kind.Whole(1, 10_000_000),
                    "10000",
                    "deliveries",
                    "How many events may wait for one hook; then no more are read for it until it"
                            + " has caught up. None is lost meanwhile that is still kept.");

    static final Setting HOOKS_HISTORY =
            new Setting(
                    "hooks.history",
                    new Kind.Whole(0, 10_000_000),
                    "1000",
                    "deliveries",
                    "How many deliveries that are done are remembered of each hook.");

    static final Setting HOOKS_MAX_DEAD =
            new Setting(
                    "hooks.max_dead",
                    new Kind.Whole(1, 10_000_000),
                    "10000",
                    "deliveries",
                    "How many deliveries of a hook that failed for good are kept for somebody to"
                            + " look at, those that came last.");

    private EventSettings() {}

    static List<Setting> all() {
        return List.of(
                KEEP_AGE,
                KEEP_COUNT,
                MAX_DATA,
                MAX_CHAIN,
                MAX_HOOKS,
                WATCHERS_MAX,
                WATCHERS_UNTOLD,
                WATCHERS_SEEN,
                HOOKS_PARALLEL,
                HOOKS_MAX_PENDING,
                HOOKS_HISTORY,
                HOOKS_MAX_DEAD);
    }
}
