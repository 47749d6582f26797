package dev.sloth.cli;

import dev.sloth.wire.RecentLines;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/// The last lines that an agent has told, for those who ask for them from afar. Safe for use by
/// many threads.
final class KeptNews {
    /// How many are known.
    static final int LINES_MAX = 1_000;

    private final InstantSource time;
    private final Instant beganAt;
    private final Deque<RecentLines.Line> lines = new ArrayDeque<>();
    private long told;

    KeptNews(InstantSource time) {
        this.time = time;
        this.beganAt = time.instant();
    }

    synchronized void add(String line) {
        if (lines.size() == LINES_MAX) {
            lines.remove();
        }
        lines.add(new RecentLines.Line(++told, time.instant(), RecentLines.cut(line)));
    }

    /// @param number only lines behind it
    synchronized RecentLines after(long number) {
        return new RecentLines(
                beganAt,
                lines.stream()
                        .filter(line -> line.number() > number)
                        .limit(RecentLines.TOLD_MAX)
                        .toList());
    }
}
