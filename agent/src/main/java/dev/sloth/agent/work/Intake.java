package dev.sloth.agent.work;

import dev.sloth.agent.link.Declining;
import dev.sloth.agent.spool.Accepting;
import dev.sloth.api.workflow.FileTrouble;
import dev.sloth.api.workflow.Problems;
import dev.sloth.wire.WorkOrder;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/// Decides whether an order is taken, and has it kept before it is.
///
/// @param boot the one of the machine
/// @param trouble hears when an order is not kept
record Intake(String boot, Keeping keeping, Consumer<IOException> trouble) {
    /// Keeps orders, as a journal does.
    @FunctionalInterface
    interface Keeping {
        /// @throws IOException when the order was not kept
        Accepting accept(String id, byte[] order) throws IOException;
    }

    /// What becomes of an order.
    sealed interface Answer {
        /// It is on the disk now: it is to be done.
        record Taken(KeptOrder order) implements Answer {}

        /// It was taken before.
        ///
        /// @param result what came of it, when that is known already
        record Known(Optional<byte[]> result) implements Answer {}

        record Declined(String why, Declining how) implements Answer {}
    }

    /// What is the matter with the order itself is so for ever; that there is no room for it, or
    /// that the disk does not keep it, is not.
    Answer take(String id, byte[] body) {
        try {
            var kept = new KeptOrder(boot, WorkOrder.of(body), body);
            return switch (keeping.accept(id, kept.bytes())) {
                case Accepting.New _ -> new Answer.Taken(kept);
                case Accepting.Known(var result) -> new Answer.Known(result);
                case Accepting.Full(int held, int max) ->
                        new Answer.Declined(
                                "it has %d of %d orders already".formatted(held, max),
                                Declining.FOR_NOW);
            };
        } catch (Problems e) {
            return new Answer.Declined(e.list().getFirst().message(), Declining.NEVER);
        } catch (IOException e) {
            trouble.accept(e);
            return new Answer.Declined(
                    "its disk does not keep it: " + FileTrouble.words(e), Declining.FOR_NOW);
        }
    }
}
