package dev.sloth.core.store.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// A hook that somebody added.
///
/// @param number tells it from all others, also from an earlier one of its name
/// @param types patterns of the types that it reacts to
/// @param condition a Lua expression over `event`; empty when there is none
/// @param timeout how long one call may take
/// @param attempts how often one delivery is tried at most
/// @param position how far it has read
public record HookRow(
        long number,
        String space,
        String name,
        String file,
        List<String> types,
        String condition,
        String description,
        boolean enabled,
        Duration timeout,
        int attempts,
        Instant addedAt,
        Position position) {
    public HookRow {
        types = List.copyOf(types);
    }

    /// All that somebody may want otherwise.
    public List<Object> settings() {
        return List.of(
                file,
                Set.copyOf(types),
                condition,
                description,
                enabled,
                timeout.toMillis(),
                attempts);
    }

    public HookRow numbered(long given) {
        return new HookRow(
                given,
                space,
                name,
                file,
                types,
                condition,
                description,
                enabled,
                timeout,
                attempts,
                addedAt,
                position);
    }

    public HookRow enabled(boolean on) {
        return new HookRow(
                number,
                space,
                name,
                file,
                types,
                condition,
                description,
                on,
                timeout,
                attempts,
                addedAt,
                position);
    }

    /// With the settings of another.
    public HookRow changed(HookRow other) {
        return new HookRow(
                number,
                space,
                name,
                other.file,
                other.types,
                other.condition,
                other.description,
                other.enabled,
                other.timeout,
                other.attempts,
                addedAt,
                position);
    }

    public HookRow at(Position next) {
        return new HookRow(
                number,
                space,
                name,
                file,
                types,
                condition,
                description,
                enabled,
                timeout,
                attempts,
                addedAt,
                next);
    }
}
