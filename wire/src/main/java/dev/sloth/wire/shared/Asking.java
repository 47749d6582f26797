package dev.sloth.wire.shared;

import dev.sloth.wire.proto.Asker;
import java.util.List;

/// In whose name something is asked.
///
/// @param order that the agent has
/// @param causes what led to what is asked, the first cause first
public record Asking(String order, List<String> causes) {
    /// How many causes there may be, and how long one may be, in characters. What sets off each
    /// other is ended long before.
    private static final int CAUSES_MAX = 1_000;

    private static final int CAUSE_MAX = 1_000;

    /// @throws IllegalArgumentException when there are too many causes, or one is none
    public Asking {
        causes = List.copyOf(causes);
        if (causes.size() > CAUSES_MAX
                || causes.stream()
                        .anyMatch(each -> each.length() > CAUSE_MAX || each.contains("\n"))) {
            throw new IllegalArgumentException("a cause is one line, and there are few of them");
        }
    }

    Asker message() {
        return Asker.newBuilder().setOrder(order).addAllCauses(causes).build();
    }

    static Asking of(Asker message) {
        return new Asking(message.getOrder(), message.getCausesList());
    }
}
