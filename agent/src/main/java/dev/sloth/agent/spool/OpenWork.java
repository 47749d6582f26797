package dev.sloth.agent.spool;

import java.time.Instant;
import java.util.Optional;

/// An order that was accepted and is not acknowledged.
///
/// @param result what came of it, when that is known
/// @param acceptedAt in whole microseconds
public record OpenWork(String id, byte[] order, Optional<byte[]> result, Instant acceptedAt) {}
