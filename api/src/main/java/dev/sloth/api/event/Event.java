package dev.sloth.api.event;

import dev.sloth.api.value.Value;
import java.time.Instant;
import java.util.List;

/// A fact as it is kept.
///
/// @param id tells it from all others of its store
/// @param type words joined by dots, such as `task.failed`
/// @param subject what it is about: facts of one subject come in their order
/// @param source who says so: `runner`, or the script, hook or watcher that did
/// @param data what else is known of it
/// @param causes what led to it, the first cause first; empty when it is a beginning
public record Event(
        String id,
        String type,
        String subject,
        String source,
        Instant at,
        Value data,
        List<String> causes) {
    public Event {
        causes = List.copyOf(causes);
    }
}
