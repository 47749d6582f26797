package dev.sloth.core.store.state;

import java.time.Instant;

/// A change that is remembered.
///
/// @param number counts up; 0 while it has none
/// @param kind of the entry
/// @param place of the item that changed; empty when it is the entry itself
/// @param old what was there, encoded; empty when nothing was
/// @param now what is there since, encoded; empty when nothing is
/// @param expiry when the entry was to expire before the change
/// @param expired whether it is gone because its time was up
/// @param causes what led to it, one cause a line
public record StateFact(
        long number,
        String space,
        String key,
        StateEntry.Kind kind,
        byte[] place,
        byte[] old,
        byte[] now,
        Instant expiry,
        boolean expired,
        Instant at,
        String causes) {}
