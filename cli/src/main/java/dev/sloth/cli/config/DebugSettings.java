package dev.sloth.cli.config;

import dev.sloth.cli.config.Setting.Kind;
import java.time.Duration;

/// The settings of `debug`.
final class DebugSettings {
    static final Setting WATCH_TIME =
            new Setting(
                    "debug.watch_time",
                    new Kind.Time(Duration.ofMillis(10), Duration.ofMinutes(10)),
                    "2s",
                    "seconds",
                    "How long a watch, a condition or a new value may compute while a script is"
                            + " stopped.");

    static final Setting TEXT_MAX =
            new Setting(
                    "debug.text_max",
                    new Kind.Bytes(16, 16 << 20),
                    "4KiB",
                    "bytes",
                    "How much of one string a debugger shows.");

    static final Setting CHILDREN_MAX =
            new Setting(
                    "debug.children_max",
                    new Kind.Whole(10, 100_000),
                    "500",
                    "variables",
                    "How many variables, entries of a table or calls a debugger shows in one go.");

    static final Setting MESSAGE_MAX =
            new Setting(
                    "debug.message_max",
                    new Kind.Bytes(1 << 10, 256 << 20),
                    "4MiB",
                    "bytes",
                    "How long a message of an editor to a debugger may be.");

    private DebugSettings() {}
}
