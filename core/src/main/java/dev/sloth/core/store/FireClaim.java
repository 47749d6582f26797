package dev.sloth.core.store;

/// The right to start the run of a fire, until somebody takes a later one.
public record FireClaim(long fire, long epoch) {}
