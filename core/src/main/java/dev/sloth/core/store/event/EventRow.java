package dev.sloth.core.store.event;

import java.time.Instant;

/// A fact that was told.
///
/// @param number counts up over all namespaces; 0 while it has none
/// @param causes one a line
/// @param data encoded
public record EventRow(
        long number,
        String space,
        String type,
        String subject,
        String source,
        Instant at,
        String causes,
        byte[] data) {}
