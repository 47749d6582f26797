package dev.sloth.agent.spool;

import java.time.Duration;

/// How much an agent keeps.
///
/// @param openMax how many orders may be accepted and not acknowledged at once
/// @param rememberedMax how many acknowledged orders are remembered at most
/// @param remembered for how long an acknowledged order is known after it was acknowledged
/// @param deadBytesMin how much of a journal must be of no use before it is written anew, in bytes;
///   it must be half of the journal besides
/// @param logBytesMax how much the lines of all attempts may take, in bytes; one line and the
///   beginnings of files may go beyond it
/// @param segmentBytes after how many bytes the lines of an attempt go on in another file, so that
///   those before can be removed
/// @param retryEvery how long a line waits before it is written again after the disk has refused it
public record SpoolLimits(
        int openMax,
        int rememberedMax,
        Duration remembered,
        long deadBytesMin,
        long logBytesMax,
        int segmentBytes,
        Duration retryEvery) {
    /// What agents use.
    public static final SpoolLimits DEFAULT =
            new SpoolLimits(
                    10_000,
                    1_000_000,
                    Duration.ofMinutes(15),
                    4L << 20,
                    1L << 30,
                    4 << 20,
                    Duration.ofSeconds(1));

    public SpoolLimits {
        if (openMax < 1
                || rememberedMax < 1
                || remembered.isNegative()
                || deadBytesMin < 1
                || logBytesMax < 1
                || segmentBytes < 1
                || !retryEvery.isPositive()) {
            throw new IllegalArgumentException("these cannot be limits of a spool");
        }
    }

    /// The same with room for other amounts of lines.
    public SpoolLimits withLogBytesMax(long bytes) {
        return new SpoolLimits(
                openMax, rememberedMax, remembered, deadBytesMin, bytes, segmentBytes, retryEvery);
    }
}
