package dev.sloth.agent;

import dev.sloth.api.event.Event;
import dev.sloth.dsl.Source;
import java.time.Duration;
import java.util.List;

/// One call of a hook, for one event.
///
/// @param id tells this call from others
/// @param attempt counted from 1
/// @param condition a Lua expression over `event`, asked first; empty when there is none
/// @param timeout how long it may take
/// @param causes what led to whatever the hook tells, the first cause first
public record HookCall(
        String hook,
        String id,
        int attempt,
        Source source,
        String condition,
        Event event,
        Duration timeout,
        List<String> causes) {
    public HookCall {
        causes = List.copyOf(causes);
    }
}
