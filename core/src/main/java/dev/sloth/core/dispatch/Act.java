package dev.sloth.core.dispatch;

import dev.sloth.core.store.cluster.OrderRow;

/// What is to be done. Rows first, and on disk before the rest.
public sealed interface Act {
    record Keep(OrderRow row) implements Act {}

    record Drop(String id) implements Act {}

    /// To an agent, if that session still is the one that it has.
    sealed interface Message extends Act {
        String host();

        long epoch();

        record Send(String host, long epoch, Order order) implements Message {}

        /// It is to be ended there, and what came of it told.
        record Cancel(String host, long epoch, String id) implements Message {}

        /// Its end is on disk here.
        record Taken(String host, long epoch, String id) implements Message {}

        /// It is to be ended there, and nobody wants to know what came of it.
        record Forget(String host, long epoch, String id) implements Message {}
    }

    /// To whoever wanted it.
    record Answer(String id, End end) implements Act {}

    /// What came of an order.
    sealed interface End {
        /// In one sentence, for people.
        String why();

        record Done(String host, byte[] result) implements End {
            @Override
            public String why() {
                return "it was done by " + host;
            }
        }

        /// Nobody took it: it was not begun.
        record NotBegun(String why) implements End {}

        /// It was withdrawn before anybody had it, or its agent does not say that it has ended.
        record Cancelled(String why) implements End {}

        /// Nobody can tell whether it was done.
        record Unknown(String why) implements End {}
    }
}
