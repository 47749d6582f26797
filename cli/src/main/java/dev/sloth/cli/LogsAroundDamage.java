package dev.sloth.cli;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.LogStore;
import dev.sloth.core.store.StoreFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The output of attempts as far as it can be read: a damaged chunk counts as one without lines,
/// and is noted. For one reader.
final class LogsAroundDamage implements LogStore {
    /// Before all lines, so that no line is looked for in it.
    private static final int NOWHERE = -1;

    private final LogStore store;
    private final Set<String> damaged = new LinkedHashSet<>();

    LogsAroundDamage(LogStore store) {
        this.store = store;
    }

    /// What could not be read, in words.
    List<String> damaged() {
        return List.copyOf(damaged);
    }

    @Override
    public List<Chunk> read(AttemptId id, int from, int limit) {
        try {
            return store.read(id, from, limit);
        } catch (StoreFailure e) {
            // One alone is looked at to find a place: as if there were none, it is found before it.
            return limit == 1 && damage(e) ? List.of() : oneByOne(id, from, limit, e);
        }
    }

    private List<Chunk> oneByOne(AttemptId id, int from, int limit, StoreFailure failure) {
        if (!damage(failure)) {
            throw failure;
        }
        var chunks = new ArrayList<Chunk>();
        for (int number = from; number < from + limit; number++) {
            try {
                var one = store.read(id, number, 1);
                if (one.isEmpty()) {
                    break;
                }
                chunks.addAll(one);
            } catch (StoreFailure e) {
                if (!damage(e)) {
                    throw e;
                }
                damaged.add(String.valueOf(e.getMessage()));
                chunks.add(empty(id, number));
            }
        }
        return chunks;
    }

    private static boolean damage(StoreFailure failure) {
        return failure.reason() == StoreFailure.Reason.DAMAGED;
    }

    private static Chunk empty(AttemptId id, int number) {
        return new Chunk(id, number, NOWHERE, 0, NOWHERE, 0, Instant.MIN, Instant.MIN, new byte[0]);
    }

    @Override
    public List<Extent> extents(RunId run) {
        return store.extents(run);
    }

    @Override
    public long bytes(RunId run) {
        return store.bytes(run);
    }

    @Override
    public void append(Claim claim, List<Chunk> chunks) {
        store.append(claim, chunks);
    }

    @Override
    public void delete(RunId run) {
        store.delete(run);
    }
}
