package dev.sloth.cli.config;

import java.time.Duration;
import java.util.Map;

/// What `debug` keeps to.
///
/// @param watchTime of a watch, a condition or a new value
/// @param textBytes of one string that are shown
/// @param children that are shown in one go
/// @param messageBytes of a message of the editor
public record DebugConfig(Duration watchTime, int textBytes, int children, int messageBytes) {
    static DebugConfig of(Map<String, String> values) {
        return new DebugConfig(
                Amounts.time(Config.at(values, DebugSettings.WATCH_TIME)),
                (int) Amounts.bytes(Config.at(values, DebugSettings.TEXT_MAX)),
                (int) Amounts.whole(Config.at(values, DebugSettings.CHILDREN_MAX)),
                (int) Amounts.bytes(Config.at(values, DebugSettings.MESSAGE_MAX)));
    }
}
