package dev.sloth.drive;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.LogStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The output of one run while it is written, beside which a file says how many chunks there are: a
/// store that has lost some of them can be told from one that never had them. The file is gone once
/// the run is put away whole.
public final class CountedLogs implements LogStore, AutoCloseable {
    private static final String NAME = "output";

    private final LogStore store;
    private final CountFile file;
    private long chunks;
    private final boolean lost;

    /// Of a run that begins, or of one that goes on.
    public CountedLogs(LogStore store, Path folder, Claim claim) {
        this.store = store;
        this.file = new CountFile(folder.resolve(NAME));
        long counted = claim.epoch() == 1 ? 0 : CountFile.read(folder.resolve(NAME));
        long there = claim.epoch() == 1 ? 0 : there(store, claim.run());
        this.lost = counted > there;
        this.chunks = Math.max(counted, there);
    }

    private static long there(LogStore store, RunId run) {
        return store.extents(run).stream().mapToLong(Extent::chunks).sum();
    }

    /// What is missing of the output of a run that is not put away, in words.
    public static Optional<String> missing(LogStore store, RunId run, Path folder) {
        // In this order: whoever writes counts what it has committed.
        long counted = CountFile.read(folder.resolve(NAME));
        long there = counted == 0 ? 0 : there(store, run);
        return counted > there
                ? Optional.of(
                        "%d of %d parts of the output of run %s, which were on disk, are gone"
                                .formatted(counted - there, counted, run))
                : Optional.empty();
    }

    /// By the one thread that writes.
    @Override
    public void append(Claim claim, List<Chunk> more) {
        store.append(claim, more);
        chunks += more.size();
        file.write(chunks);
    }

    @Override
    public List<Chunk> read(AttemptId id, int from, int limit) {
        return store.read(id, from, limit);
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
    public void delete(RunId run) {
        store.delete(run);
    }

    /// What was lost stays noted for as long as the run is kept.
    @Override
    public void close() {
        if (lost) {
            file.close();
        } else {
            file.remove();
        }
    }
}
