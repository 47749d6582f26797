package dev.sloth.core.log;

import java.time.Duration;

/// How much a [LogWriter] gathers before it writes.
///
/// @param chunkBytes of text in a chunk, ends of lines included; a longer line has one of its own
/// @param age how long a line waits for others
/// @param heldBytes of lines that are not stored yet; who brings more waits. One line alone may be
///   longer
/// @param batch how many chunks are stored in one go
public record LogLimits(int chunkBytes, Duration age, long heldBytes, int batch) {
    /// What runs use.
    public static final LogLimits DEFAULT =
            new LogLimits(64 << 10, Duration.ofMillis(200), 16 << 20, 200);

    public LogLimits {
        if (chunkBytes < 1 || heldBytes < 1 || batch < 1 || age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException("limits are at least 1");
        }
    }
}
