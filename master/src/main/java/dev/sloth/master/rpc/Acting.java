package dev.sloth.master.rpc;

import dev.sloth.wire.shared.Asking;
import java.util.List;

/// What somebody may act on who works on an order.
///
/// @param namespace of shared state and events
/// @param causes what led to the order, the first cause first
public record Acting(String namespace, List<String> causes) {
    public Acting {
        causes = List.copyOf(causes);
    }

    /// Finds out what somebody may act on who names an order.
    @FunctionalInterface
    interface Finding {
        /// @throws dev.sloth.api.workflow.Problems when they do not have it
        Acting of(Asking asking);
    }

    /// What led to something that is done for the order: more than to the order itself, if they say
    /// so, but never less.
    List<String> because(List<String> said) {
        boolean more =
                said.size() >= causes.size() && said.subList(0, causes.size()).equals(causes);
        return more ? said : causes;
    }
}
