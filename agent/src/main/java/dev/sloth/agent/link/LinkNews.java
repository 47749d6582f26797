package dev.sloth.agent.link;

import dev.sloth.wire.RecentLines;
import java.time.Instant;
import java.util.List;

/// Hears what an agent tells.
@FunctionalInterface
public interface LinkNews {
    void tell(LinkEvent event);

    /// What was told lately, for people who ask the master; nothing where it is not kept.
    ///
    /// @param after only lines with a greater number
    default RecentLines recent(long after) {
        return new RecentLines(Instant.EPOCH, List.of());
    }
}
