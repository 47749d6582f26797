package dev.sloth.api.state;

import dev.sloth.api.value.Value;
import java.time.Instant;
import java.util.List;

/// Something that changed.
///
/// @param number counts up over all changes there are
/// @param place the field of a hash or the member of a set; nil for a whole value or an item of a
///   list
/// @param old nil when there was nothing
/// @param now nil when there is nothing any more
/// @param expired whether its time was up
/// @param causes what led to it, the first cause first; empty when nobody knows
public record StateChange(
        long number,
        String key,
        Value place,
        Value old,
        Value now,
        Instant at,
        boolean expired,
        List<String> causes) {
    public StateChange {
        causes = List.copyOf(causes);
    }
}
