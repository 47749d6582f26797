package dev.sloth.core.store.cluster;

/// A part of all runs.
///
/// @param owner the master that may write it
/// @param epoch grows with each new owner; what was meant for an older one does not count
public record ShardRow(int id, String owner, long epoch) {}
