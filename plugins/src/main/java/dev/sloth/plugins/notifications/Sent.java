package dev.sloth.plugins.notifications;

import dev.sloth.plugins.value.Deed;

/// What a script gets for a message that was taken.
final class Sent {
    private Sent() {}

    static Deed deed(String service, Delivery.Taken taken, Cut cut) {
        return Deed.changed("sent to " + service)
                .with("status", taken.answer().status())
                .with("attempts", taken.attempts())
                .with("truncated", cut.done());
    }
}
