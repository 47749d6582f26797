package dev.sloth.drive;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.store.Claim;

/// Gives a run the artifacts of the tasks that it takes over, once it is submitted and before any
/// of its tasks starts.
public final class Adopting implements RunListener {
    private final RunListener next;
    private final Adoption adoption;
    private final Claim claim;

    public Adopting(RunListener next, Adoption adoption, Claim claim) {
        this.next = next;
        this.adoption = adoption;
        this.claim = claim;
    }

    @Override
    public void event(RunEvent event) {
        if (event instanceof RunEvent.RunSubmitted) {
            adoption.make(claim);
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
