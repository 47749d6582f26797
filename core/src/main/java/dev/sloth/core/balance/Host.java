package dev.sloth.core.balance;

import dev.sloth.core.select.Subject;
import java.util.List;

/// An agent as a place to work.
///
/// @param id never used again
/// @param slots how many orders it takes at once
/// @param accepts false while it is drained, or was told not to work for another reason
public record Host(
        String id, String name, List<String> tags, String region, int slots, boolean accepts) {
    public Host {
        tags = List.copyOf(tags);
    }

    /// As selectors see it.
    Subject subject() {
        return new Subject(name, region, tags);
    }
}
