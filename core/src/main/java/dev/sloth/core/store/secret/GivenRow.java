package dev.sloth.core.store.secret;

import java.time.Instant;

/// The values that a run was given, encrypted with the key of a namespace.
///
/// @param at when they were kept last
public record GivenRow(String run, String space, Instant at, byte[] sealed) {}
