package dev.sloth.core.log;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.core.store.LogStore;
import dev.sloth.core.store.LogStore.Chunk;
import dev.sloth.core.store.LogStore.Extent;
import dev.sloth.core.store.StoreFailure;
import java.time.Instant;
import java.util.Optional;

/// The wanted lines of one attempt, up to a chunk that was there when it was asked for. It reads
/// nothing before the first line is asked for.
final class AttemptLines {
    private final LogStore store;
    private final AttemptId id;
    private final LogQuery query;
    private final long firstLine;
    private final Chunks chunks;
    private final int end;

    private boolean opened;
    private Optional<Lines> lines = Optional.empty();
    private Optional<LoggedLine> head = Optional.empty();
    private Instant at;

    /// @param start the number of the first chunk that was not given yet
    /// @param at no line is known to come before
    AttemptLines(LogStore store, Extent extent, LogQuery query, int start, Instant at) {
        this.store = store;
        this.id = extent.id();
        this.query = query;
        this.at = at;
        this.end = extent.chunks();
        this.chunks = new Chunks(store, id);
        chunks.goTo(start);
        // Of the last lines of all, none is before the last ones of its own attempt.
        boolean counted =
                query.last() > 0 && query.grep().isEmpty() && query.since().equals(Instant.MIN);
        this.firstLine =
                counted
                        ? Math.max(query.fromLine(), extent.lines() - query.last())
                        : query.fromLine();
    }

    /// When the next line came, or, before that is known, a time that is not later.
    Instant at() {
        return at;
    }

    /// Whether [#at] is that of the next line.
    boolean opened() {
        return opened;
    }

    /// Goes to the first line. False when there is none.
    boolean open() {
        opened = true;
        skipChunks();
        return advance();
    }

    /// The line at which it stands.
    LoggedLine line() {
        return head.orElseThrow();
    }

    /// Goes to the next line. False when there is none.
    boolean advance() {
        head = next();
        head.ifPresent(logged -> at = logged.line().at());
        return head.isPresent();
    }

    private Optional<LoggedLine> next() {
        while (true) {
            while (lines.isPresent() && lines.get().more()) {
                var logged = lines.get().next();
                if (logged.number() >= firstLine && query.wants(logged)) {
                    return Optional.of(logged);
                }
            }
            if (chunks.position() >= end) {
                return Optional.empty();
            }
            var chunk = chunks.next();
            if (chunk.isEmpty()) {
                checkDeleted();
                return Optional.empty();
            }
            lines = chunk.filter(this::reachesWanted).map(Lines::new);
        }
    }

    /// Times never go backwards within a chunk, so its last line is the latest.
    private boolean reachesWanted(Chunk chunk) {
        return chunk.firstLine() + chunk.lines() > firstLine
                && chunk.offset() + chunk.size() > query.fromOffset()
                && !chunk.lastAt().isBefore(query.since());
    }

    /// Numbers and offsets only grow: the chunk where they start is found by halving.
    private void skipChunks() {
        if (firstLine == 0 && query.fromOffset() == 0) {
            return;
        }
        int low = chunks.position();
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean early =
                    store.read(id, middle, 1).stream()
                            .anyMatch(chunk ->
                                    chunk.firstLine() + chunk.lines() <= firstLine
                                            || chunk.offset() + chunk.size() <= query.fromOffset());
            low = early ? middle + 1 : low;
            high = early ? high : middle;
        }
        chunks.goTo(low);
    }

    /// Output may be thrown away at any time, but only that of a whole run.
    private void checkDeleted() {
        boolean there = store.extents(id.run()).stream().anyMatch(e -> e.id().equals(id));
        if (there) {
            throw new StoreFailure(
                    StoreFailure.Reason.DAMAGED,
                    "chunk %d of the output of %s is missing".formatted(chunks.position(), id));
        }
    }
}
