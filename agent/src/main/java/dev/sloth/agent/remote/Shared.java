package dev.sloth.agent.remote;

import dev.sloth.api.state.StateRefusal;

/// What all have in common who ask for the state of an order.
///
/// @param changes numbers changes
/// @param locks numbers locks, which are waited for while much else is changed
record Shared(Lines lines, Tries tries, RemoteLimits limits, Numbers changes, Numbers locks) {
    /// Asks in a call that is not known to wait: an interruption ends it, and stays.
    ///
    /// @throws StateRefusal `AWAY` when there was no answer
    <T> T asked(Tries.Try<T> call) {
        try {
            return waited(call);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw interrupted();
        }
    }

    static StateRefusal interrupted() {
        return new StateRefusal(
                StateRefusal.Reason.AWAY, "interrupted while the master was asked: try again");
    }

    /// @throws StateRefusal `AWAY` when there was no answer
    <T> T waited(Tries.Try<T> call) throws InterruptedException {
        try {
            return tries.made(call);
        } catch (Unanswered e) {
            throw new StateRefusal(StateRefusal.Reason.AWAY, String.valueOf(e.getMessage()));
        }
    }
}
