package dev.sloth.core.store.event;

import java.time.Instant;

/// Something that is to be watched.
///
/// @param settings encoded
/// @param by who asked for it
public record WatcherRow(String space, String name, byte[] settings, String by, Instant addedAt) {}
