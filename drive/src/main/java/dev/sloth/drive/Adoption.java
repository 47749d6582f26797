package dev.sloth.drive;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.core.run.Reuse;
import dev.sloth.core.store.ArtifactStore;
import dev.sloth.core.store.ArtifactStore.Artifact;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.StoreFailure;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/// The artifacts of the tasks that a run takes over from an earlier one.
///
/// @param store of both runs
/// @param reuse what is taken over
public record Adoption(ArtifactStore store, Reuse reuse) {
    /// As the store of runs is said to be damaged.
    private static final String DAMAGED = "SLOTH-4106";

    /// To be asked before the new run is there: one that cannot be given what it takes over could
    /// never go on.
    ///
    /// @throws StoreFailure `DAMAGED` when the content of one is gone
    public void assure() {
        artifacts().forEach(this::open);
    }

    private void open(Artifact artifact) {
        try {
            store.open(artifact).close();
        } catch (StoreFailure e) {
            throw e.reason() == StoreFailure.Reason.DAMAGED ? lost(artifact, e) : e;
        } catch (IOException e) {
            throw new StoreFailure(
                    StoreFailure.Reason.BROKEN,
                    "artifact %s of attempt %s cannot be read: %s"
                            .formatted(artifact.path(), artifact.id(), e.getMessage()),
                    e);
        }
    }

    /// What to do about it comes with it as its cause.
    private static StoreFailure lost(Artifact artifact, StoreFailure why) {
        var message = String.valueOf(why.getMessage());
        var problem =
                new Problem(
                        DAMAGED,
                        message,
                        Span.NOWHERE,
                        "`--from %s` makes it again".formatted(artifact.id().task()));
        return new StoreFailure(why.reason(), message, new Problems(problem));
    }

    /// Gives the new run those that it does not have yet.
    ///
    /// @throws StoreFailure `DAMAGED` when the content of one is gone
    public void make(Claim claim) {
        var artifacts = artifacts();
        if (artifacts.isEmpty()) {
            return;
        }
        var there = store.of(claim.run()).stream().map(Kept::of).collect(Collectors.toSet());
        var lacking =
                artifacts.stream().filter(artifact -> !there.contains(Kept.of(artifact))).toList();
        if (!lacking.isEmpty()) {
            store.adopt(claim, lacking);
        }
    }

    /// What a run has at most once.
    private record Kept(String task, String path) {
        static Kept of(Artifact artifact) {
            return new Kept(artifact.id().task().text(), artifact.path());
        }
    }

    private List<Artifact> artifacts() {
        if (reuse.outcomes().isEmpty()) {
            return List.of();
        }
        return store.of(reuse.from()).stream()
                .filter(artifact -> reuse.outcomes().containsKey(artifact.id().task()))
                .toList();
    }
}
