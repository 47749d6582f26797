package dev.sloth.cli;

import dev.sloth.agent.ArtifactStore;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.ArtifactStore.Artifact;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.StoreFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// Artifacts of the attempts of one run, by content, in the store that keeps the run.
final class StoredArtifacts implements ArtifactStore {
    private final dev.sloth.core.store.ArtifactStore store;
    private final Claim claim;
    private final InstantSource time;

    StoredArtifacts(dev.sloth.core.store.ArtifactStore store, Claim claim, InstantSource time) {
        this.store = store;
        this.claim = claim;
        this.time = time;
    }

    @Override
    public void keep(AttemptId attempt, Path relative, Path file) throws IOException {
        store.keep(claim, attempt, relative.toString(), file, time.instant());
    }

    @Override
    public List<Kept> kept(RunId run) {
        return store.of(run).stream().map(this::kept).toList();
    }

    private Kept kept(Artifact artifact) {
        return new Kept(Path.of(artifact.path()), target -> copy(artifact, target));
    }

    /// A damaged artifact fails the task that wants it, and the run goes on: the store as such
    /// works.
    private void copy(Artifact artifact, Path target) throws IOException {
        try {
            store.copy(artifact, target);
        } catch (StoreFailure e) {
            if (e.reason() != StoreFailure.Reason.DAMAGED) {
                throw e;
            }
            var again =
                    "%s; `sloth-runner runs retry %s --from %s` makes it again"
                            .formatted(e.getMessage(), claim.run(), artifact.id().task());
            throw new IOException(again, e);
        }
    }
}
