package dev.sloth.core.store.event;

import dev.sloth.core.store.event.DeliveryRow.State;
import java.time.Instant;

/// An event that a hook is to be told of, with all that is needed for it: the event itself may be
/// forgotten by then.
///
/// @param number counts up; 0 while it has none
/// @param hook the number of the hook
/// @param event the id of the event
/// @param causes one a line
/// @param data encoded
/// @param attempts how often it was tried
/// @param due when it is to be tried; when it ended, once it has
/// @param owner who tries it now; empty when nobody does
/// @param until when the owner's time is up
/// @param message what came of the last try
/// @param output what was said in it
public record DeliveryRow(
        long number,
        long hook,
        String event,
        String type,
        String subject,
        String source,
        Instant at,
        String causes,
        byte[] data,
        State state,
        int attempts,
        Instant due,
        String owner,
        Instant until,
        String message,
        String output) {
    /// Where a delivery stands.
    public enum State {
        /// It is to be tried, or is being tried.
        PENDING,
        DONE,
        /// It was tried as often as it may be, or is not to be told: somebody has to look at it.
        DEAD
    }

    public DeliveryRow numbered(long given) {
        return new DeliveryRow(
                given, hook, event, type, subject, source, at, causes, data, state, attempts, due,
                owner, until, message, output);
    }

    public DeliveryRow taken(String by, Instant leaseUntil) {
        return new DeliveryRow(
                number,
                hook,
                event,
                type,
                subject,
                source,
                at,
                causes,
                data,
                state,
                attempts,
                due,
                by,
                leaseUntil,
                message,
                output);
    }

    /// After a try: where it stands, and when it is due again or ended.
    public DeliveryRow tried(State next, int tries, Instant when, String said, String wrote) {
        return new DeliveryRow(
                number,
                hook,
                event,
                type,
                subject,
                source,
                at,
                causes,
                data,
                next,
                tries,
                when,
                "",
                Instant.MIN,
                said,
                wrote);
    }
}
