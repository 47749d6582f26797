package dev.sloth.agent.remote;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.EventRefusal.Reason;
import dev.sloth.api.workflow.Problems;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.shared.Outcomes;
import dev.sloth.wire.shared.SeenFact;
import java.util.Set;

/// Tells a master what watchers of this machine saw, in the name of the agent and of no order.
record SeenFacts(Lines lines, Tries tries) {
    /// What is wrong with a fact itself, and will be.
    private static final Set<String> FOR_GOOD =
            Set.of(WireProblems.UNREADABLE, WireProblems.TOO_LARGE);

    /// @return false when the master will never take it
    /// @throws EventRefusal `AWAY` when it did not answer, or not this time
    boolean tell(byte[] fact) throws InterruptedException {
        try {
            var parts = SeenFact.of(fact).parts();
            var outcome =
                    tries.made(
                            patience -> lines.answer(stub -> stub.tell(), parts, patience.left()));
            var _ = Outcomes.event(outcome);
            return true;
        } catch (EventRefusal e) {
            return refused(e);
        } catch (Unanswered e) {
            throw new EventRefusal(Reason.AWAY, String.valueOf(e.getMessage()));
        } catch (Problems e) {
            if (FOR_GOOD.contains(e.list().getFirst().code())) {
                return false;
            }
            throw new EventRefusal(Reason.AWAY, String.valueOf(e.getMessage()));
        }
    }

    private static boolean refused(EventRefusal refusal) {
        if (refusal.reason() == Reason.AWAY) {
            throw refusal;
        }
        return false;
    }
}
