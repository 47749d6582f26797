package dev.sloth.drive;

import dev.sloth.api.workflow.Assignment;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.WorkflowHook;
import dev.sloth.core.run.Answer;
import dev.sloth.core.run.RunInput;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.store.AttemptRow;
import dev.sloth.core.store.AttemptStore;
import dev.sloth.core.store.Claim;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/// Begins nothing twice: what is asked for has a mark in the store before anything of it happens,
/// and what bears the mark of somebody who is gone is recovered instead. Attempts get theirs with
/// the event that assigns them.
public final class OnceHands implements Hands {
    private final Hands.Recovering hands;
    private final AttemptStore attempts;
    private final Lease lease;
    private final Claim claim;
    private final String boot;
    private final InstantSource time;

    /// @param boot of this machine, see [dev.sloth.core.store.Owner]
    public OnceHands(
            Hands.Recovering hands,
            AttemptStore attempts,
            Lease lease,
            Claim claim,
            String boot,
            InstantSource time) {
        this.hands = hands;
        this.attempts = attempts;
        this.lease = lease;
        this.claim = claim;
        this.boot = boot;
        this.time = time;
    }

    @Override
    public void reportTo(Consumer<RunInput.HostEnded> reports) {
        hands.reportTo(reports);
    }

    @Override
    public Outcome attempt(Assignment assignment) throws InterruptedException {
        lease.assure();
        var left = left(assignment.id());
        return left.isPresent()
                ? hands.recovered(assignment, left.get().boot())
                : hands.attempt(assignment);
    }

    /// What an owner before us has begun. The first owner has none before.
    private Optional<AttemptRow> left(AttemptId id) {
        if (claim.epoch() == 1) {
            return Optional.empty();
        }
        var begun = attempts.find(id).orElseThrow(() -> new IllegalStateException("lost: " + id));
        return Optional.of(begun).filter(row -> row.epoch() < claim.epoch());
    }

    @Override
    public void settled(AttemptId id) {
        hands.settled(id);
    }

    /// A question may be asked again.
    @Override
    public Answer condition(String stage, Condition condition) throws InterruptedException {
        return hands.condition(stage, condition);
    }

    @Override
    public Outcome hook(WorkflowHook hook, FunctionRef function, boolean success, RunReport soFar)
            throws InterruptedException {
        var mark = mark(claim.run(), hook);
        if (attempts.begin(claim, mark, boot, time.instant())) {
            return hands.hook(hook, function, success, soFar);
        }
        return Outcome.ended(
                Outcome.Status.UNKNOWN,
                "it had begun when the runner ended; nobody can tell how far it came");
    }

    /// Hooks have marks beside those of attempts.
    private static AttemptId mark(RunId run, WorkflowHook hook) {
        return new AttemptId(run, TaskName.of(hook), 1);
    }
}
