package dev.sloth.agent;

import java.util.HashMap;
import java.util.Map;

/// Tells which lines are new when the output of a process is read again from its start: of each
/// channel, as many as are stored already are not. May be used by several threads, as long as the
/// lines of one channel come in order.
public final class Reread {
    private final Map<String, Long> stored;

    /// @param stored channel, see [Channel#word], to lines
    public Reread(Map<String, Long> stored) {
        this.stored = new HashMap<>(stored);
    }

    /// Whether the next line of this channel is not stored yet. To be asked once for each line.
    public synchronized boolean fresh(String channel) {
        long left = stored.getOrDefault(channel, 0L);
        if (left > 0) {
            stored.put(channel, left - 1);
        }
        return left == 0;
    }
}
