package dev.sloth.agent.spool;

import java.util.List;

/// Lines of one attempt that follow on each other.
///
/// @param first the number of the first line; or of the next one that would come, if there is none
/// @param last whether the attempt has ended and no line comes after these
public record Batch(String id, long first, List<Line> lines, boolean last) {
    public Batch {
        lines = List.copyOf(lines);
    }

    /// The number of the line after these.
    public long next() {
        return first + lines.size();
    }
}
