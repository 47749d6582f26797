package dev.sloth.master.afar;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.LogStore;
import java.util.List;

/// The output of attempts, read only.
record RemoteLogs(RunsFromAfar master) implements LogStore {
    @Override
    public List<Chunk> read(AttemptId id, int from, int limit) {
        return master.chunks(id, from, Math.min(RunLimits.PAGE_MAX, limit));
    }

    @Override
    public List<Extent> extents(RunId run) {
        return master.extents(run);
    }

    @Override
    public void append(Claim claim, List<Chunk> chunks) {
        throw RunProblems.notFromAfar("to write output");
    }

    @Override
    public long bytes(RunId run) {
        throw RunProblems.notFromAfar("to see how much room output takes");
    }

    @Override
    public void delete(RunId run) {
        throw RunProblems.notFromAfar("to delete output");
    }
}
