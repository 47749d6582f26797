package dev.sloth.cli;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.core.run.Reuse;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.store.ArtifactStore;
import dev.sloth.core.store.Claim;
import dev.sloth.drive.RunListener;

/// Gives a run the artifacts of the tasks that it takes over, once it is submitted and before any
/// of its tasks starts.
final class Adopting implements RunListener {
    private final RunListener next;
    private final ArtifactStore artifacts;
    private final Claim claim;
    private final Reuse reuse;

    Adopting(RunListener next, ArtifactStore artifacts, Claim claim, Reuse reuse) {
        this.next = next;
        this.artifacts = artifacts;
        this.claim = claim;
        this.reuse = reuse;
    }

    @Override
    public void event(RunEvent event) {
        if (event instanceof RunEvent.RunSubmitted && !reuse.outcomes().isEmpty()) {
            artifacts.adopt(
                    claim,
                    artifacts.of(reuse.from()).stream()
                            .filter(kept -> reuse.outcomes().containsKey(kept.id().task()))
                            .toList());
        }
        next.event(event);
    }

    @Override
    public void line(AttemptId attempt, String line) {
        next.line(attempt, line);
    }

    @Override
    public void note(String line) {
        next.note(line);
    }
}
