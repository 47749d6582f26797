package dev.sloth.core.log;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.core.store.LogStore;
import dev.sloth.core.store.LogStore.Chunk;
import dev.sloth.core.store.StoreFailure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// The stored chunks of one attempt, one after the other, read a few at a time.
final class Chunks {
    /// How many are asked for at once.
    static final int PAGE = 8;

    private final LogStore store;
    private final AttemptId id;
    private final Deque<Chunk> page = new ArrayDeque<>();
    private int next;

    Chunks(LogStore store, AttemptId id) {
        this.store = store;
        this.id = id;
    }

    /// The number of the chunk that comes next.
    int position() {
        return next;
    }

    void goTo(int number) {
        page.clear();
        next = number;
    }

    /// Nothing when there is no more so far; asked again, it looks again.
    ///
    /// @throws StoreFailure `DAMAGED` when a chunk is missing between others
    Optional<Chunk> next() {
        if (page.isEmpty()) {
            page.addAll(store.read(id, next, PAGE));
        }
        if (page.isEmpty()) {
            return Optional.empty();
        }
        var chunk = page.remove();
        if (chunk.number() != next) {
            throw new StoreFailure(
                    StoreFailure.Reason.DAMAGED,
                    "chunk %d of the output of %s is missing".formatted(next, id));
        }
        next++;
        return Optional.of(chunk);
    }
}
