package dev.sloth.core.store.secret;

import java.time.Instant;

/// One version of a secret, without its value.
///
/// @param size of the value, in bytes
public record VersionRow(String space, String name, long version, int size, Instant at) {}
