package dev.sloth.core.log;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.core.store.LogStore;
import dev.sloth.core.store.LogStore.Chunk;

/// Where the stored output of an attempt ends: how many chunks, lines and bytes of text came so
/// far.
record Tail(int chunks, long lines, long size) {
    static final Tail NOTHING = new Tail(0, 0, 0);

    /// What the store says.
    static Tail of(LogStore store, AttemptId id) {
        var tail = NOTHING;
        var chunks = new Chunks(store, id);
        for (var chunk = chunks.next(); chunk.isPresent(); chunk = chunks.next()) {
            tail = tail.after(chunk.get());
        }
        return tail;
    }

    Tail after(Chunk chunk) {
        return new Tail(
                chunk.number() + 1,
                chunk.firstLine() + chunk.lines(),
                chunk.offset() + chunk.size());
    }
}
