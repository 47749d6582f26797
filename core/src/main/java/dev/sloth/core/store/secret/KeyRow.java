package dev.sloth.core.store.secret;

import java.time.Instant;

/// The key of one namespace, encrypted with the master key.
///
/// @param generation counts from 1
public record KeyRow(String space, long generation, String master, byte[] wrapped, Instant at) {}
