package dev.sloth.core.store;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// The output of attempts, apart from the state of runs: it may be lost or thrown away without harm
/// to them.
public interface LogStore {
    /// Keeps chunks, each the next one of its attempt; all of them or none.
    ///
    /// @throws StoreFailure `CONFLICT` when the number of one is not the next one
    void append(Claim claim, List<Chunk> chunks);

    /// Keeps one chunk.
    default void append(Claim claim, Chunk chunk) {
        append(claim, List.of(chunk));
    }

    /// Chunks of an attempt from a number on, in order.
    List<Chunk> read(AttemptId id, int from, int limit);

    /// What there is for each attempt of a run, in the order of their first lines.
    List<Extent> extents(RunId run);

    /// How many bytes the chunks of a run take.
    long bytes(RunId run);

    /// Throws away the output of a run.
    void delete(RunId run);

    /// Lines that follow one another, compressed.
    ///
    /// @param number counted from 0, without gaps
    /// @param firstLine the number of its first line, counted from 0 over the attempt
    /// @param lines how many
    /// @param offset how many bytes of text came before, ends of lines included
    /// @param size how many bytes of text these are
    /// @param firstAt when its first line came
    /// @param lastAt when its last line came
    /// @param zstd the lines, encoded and compressed
    record Chunk(
            AttemptId id,
            int number,
            long firstLine,
            int lines,
            long offset,
            long size,
            Instant firstAt,
            Instant lastAt,
            byte[] zstd) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Chunk c
                    && id.equals(c.id)
                    && number == c.number
                    && firstLine == c.firstLine
                    && lines == c.lines
                    && offset == c.offset
                    && size == c.size
                    && firstAt.equals(c.firstAt)
                    && lastAt.equals(c.lastAt)
                    && Arrays.equals(zstd, c.zstd);
        }

        @Override
        public int hashCode() {
            return id.hashCode() * 31 + number;
        }
    }

    /// All that is kept of an attempt.
    record Extent(AttemptId id, int chunks, long lines, long size, Instant firstAt) {}
}
